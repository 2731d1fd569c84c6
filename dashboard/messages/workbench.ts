// What the insurer's workbench says: the plan editor, fits, data quality and the audit. It comes with those pages and is no part of the
// catalogue that everybody fetches first.

import type { Locale } from './locale.ts'
import { fill, type MessageValues } from './say.ts'
import { workbenchMessages as en } from './workbench.en.ts'
import { workbenchMessages as zhCn } from './workbench.zh-CN.ts'

export type WorkbenchKey = keyof typeof en

const catalogues: Readonly<Record<Locale, Readonly<Record<WorkbenchKey, string>>>> = { en, 'zh-CN': zhCn }

export function sayWorkbench(locale: Locale, key: WorkbenchKey, values: MessageValues = {}): string {
  return fill(catalogues[locale][key], values, locale)
}
