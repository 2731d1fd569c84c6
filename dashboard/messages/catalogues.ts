// The messages of each language, all of them at hand. The web app is built with `web/catalogues.ts` in this file's place, which
// fetches only the language that the page is read in.

import { messages as en, type MessageKey } from './en.ts'
import type { Locale } from './locale.ts'
import { messages as zhCN } from './zh-CN.ts'

export type Catalogue = Readonly<Record<MessageKey, string>>

const catalogues: Readonly<Record<Locale, Catalogue>> = { en, 'zh-CN': zhCN }

export function catalogueOf(locale: Locale): Catalogue {
  return catalogues[locale]
}
