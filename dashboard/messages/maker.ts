// What the doors of makers and testers say. It comes with those pages and is no part of the catalogue that everybody fetches first.

import type { Locale } from './locale.ts'
import { makerMessages as en } from './maker.en.ts'
import { makerMessages as zhCn } from './maker.zh-CN.ts'
import { fill, type MessageValues } from './say.ts'

export type MakerKey = keyof typeof en

const catalogues: Readonly<Record<Locale, Readonly<Record<MakerKey, string>>>> = { en, 'zh-CN': zhCn }

export function sayMaker(locale: Locale, key: MakerKey, values: MessageValues = {}): string {
  return fill(catalogues[locale][key], values, locale)
}

/** For codes that a later version may have more of: the code itself where there are no words for it. */
export function sayMakerIfKnown(locale: Locale, prefix: string, code: string): string {
  const found = Object.entries(catalogues[locale]).find(([key]) => key === `${prefix}.${code}`)
  return found === undefined ? code : found[1]
}
