// What the insurer's book says. It comes with that page and is no part of the catalogue that everybody fetches first.

import { bookMessages as en } from './book.en.ts'
import { bookMessages as zhCn } from './book.zh-CN.ts'
import type { Locale } from './locale.ts'
import { fill, type MessageValues } from './say.ts'

export type BookKey = keyof typeof en

const catalogues: Readonly<Record<Locale, Readonly<Record<BookKey, string>>>> = { en, 'zh-CN': zhCn }

export function sayBook(locale: Locale, key: BookKey, values: MessageValues = {}): string {
  return fill(catalogues[locale][key], values, locale)
}
