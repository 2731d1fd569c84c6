// What the account, people and invitation pages say. It comes with those pages and is no part of the catalogue that everybody
// fetches first.

import { accountMessages as en } from './account.en.ts'
import { accountMessages as zhCN } from './account.zh-CN.ts'
import type { Locale } from './locale.ts'
import { fill, type MessageValues } from './say.ts'

export type AccountKey = keyof typeof en

const catalogues: Readonly<Record<Locale, Readonly<Record<AccountKey, string>>>> = { en, 'zh-CN': zhCN }

export function sayAccount(locale: Locale, key: AccountKey, values: MessageValues = {}): string {
  return fill(catalogues[locale][key], values, locale)
}
