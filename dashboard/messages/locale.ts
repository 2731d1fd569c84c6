// The languages Merit speaks, and which of them somebody who prefers certain languages gets.

export const locales = ['en', 'zh-CN'] as const
export type Locale = (typeof locales)[number]

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value)
}

/** @param preferred language tags, most wanted first, as browsers and `Accept-Language` give them */
export function matchLocale(preferred: readonly string[]): Locale {
  for (const tag of preferred) {
    const language = tag.trim().toLowerCase().split('-')[0]
    if (language === 'zh') return 'zh-CN'
    if (language === 'en') return 'en'
  }
  return 'en'
}
