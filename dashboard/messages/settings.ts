// The words of the page of settings. They come with that page and are no part of the catalogue that everybody fetches first.

import type { Locale } from './locale.ts'
import { fill, type MessageValues } from './say.ts'
import { settingsMessages as en } from './settings.en.ts'
import { settingsMessages as zhCn } from './settings.zh-CN.ts'

export type SettingsKey = keyof typeof en

const catalogues: Readonly<Record<Locale, Readonly<Record<SettingsKey, string>>>> = { en, 'zh-CN': zhCn }

export function saySettings(locale: Locale, key: SettingsKey, values: MessageValues = {}): string {
  return fill(catalogues[locale][key], values, locale)
}
