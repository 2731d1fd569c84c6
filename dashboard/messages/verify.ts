// What the page that checks a statement says. It comes with that page and is no part of the catalogue that everybody fetches first.

import type { Locale } from './locale.ts'
import { verifyMessages as en } from './verify.en.ts'
import { verifyMessages as zhCn } from './verify.zh-CN.ts'

export type VerifyKey = keyof typeof en

const catalogues: Readonly<Record<Locale, Readonly<Record<VerifyKey, string>>>> = { en, 'zh-CN': zhCn }

export function sayVerify(locale: Locale, key: VerifyKey): string {
  return catalogues[locale][key]
}
