// What the tester's page says of scenarios and their reports.

import type { Locale } from './locale.ts'
import { fill, type MessageValues } from './say.ts'
import { scenarioMessages as en } from './scenarios.en.ts'
import { scenarioMessages as zhCn } from './scenarios.zh-CN.ts'

export type ScenarioKey = keyof typeof en

const catalogues: Readonly<Record<Locale, Readonly<Record<ScenarioKey, string>>>> = { en, 'zh-CN': zhCn }

export function sayScenario(locale: Locale, key: ScenarioKey, values: MessageValues = {}): string {
  return fill(catalogues[locale][key], values, locale)
}

/** A refusal's reason or a group of facts that a later version added is shown as the report writes it. */
export function scenarioWord(locale: Locale, prefix: 'group', name: string): string {
  const found = Object.entries(catalogues[locale]).find(([key]) => key === `${prefix}.${name}`)
  return found === undefined ? name : found[1]
}
