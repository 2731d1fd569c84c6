// The messages of the languages that this page has been read in: half of what a first load would otherwise fetch is words in a
// language that nobody reads. Built in the place of `messages/catalogues.ts`, and used through `messages/say.ts` like it.

import type { Catalogue } from '../messages/catalogues.ts'
import type { Locale } from '../messages/locale.ts'

const loaded = new Map<Locale, Catalogue>()

/** To be waited for before anything is said in the language. */
export async function loadCatalogue(locale: Locale): Promise<void> {
  if (loaded.has(locale)) return
  const { messages } = locale === 'en' ? await import('../messages/en.ts') : await import('../messages/zh-CN.ts')
  loaded.set(locale, messages)
}

export function catalogueOf(locale: Locale): Catalogue {
  const catalogue = loaded.get(locale)
  if (catalogue === undefined) throw new Error(`The messages in ${locale} were not loaded.`)
  return catalogue
}
