// The words of the page on privacy. They come with that page and are no part of the catalogue that everybody fetches first.

import type { Locale } from './locale.ts'
import { privacyMessages as en } from './privacy.en.ts'
import { privacyMessages as zhCn } from './privacy.zh-CN.ts'
import { fill, type MessageValues } from './say.ts'

export type PrivacyKey = keyof typeof en

const catalogues: Readonly<Record<Locale, Readonly<Record<PrivacyKey, string>>>> = { en, 'zh-CN': zhCn }

export function sayPrivacy(locale: Locale, key: PrivacyKey, values: MessageValues = {}): string {
  return fill(catalogues[locale][key], values, locale)
}
