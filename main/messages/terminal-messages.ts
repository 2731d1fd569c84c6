// Which language the terminal speaks: the one that was set, else the system's, else English.

import { en, type TerminalMessages } from './en.ts'
import { zhCn } from './zh-CN.ts'

/** @param locale `MERIT_LOCALE`; empty takes the system's from LC_ALL, LC_MESSAGES or LANG */
export function terminalMessages(locale: '' | 'en' | 'zh-CN'): TerminalMessages {
  return languageOf(locale) === 'zh-CN' ? zhCn : en
}

export function languageOf(locale: '' | 'en' | 'zh-CN'): 'en' | 'zh-CN' {
  if (locale !== '') return locale
  const system = process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? ''
  return /^zh/i.test(system) ? 'zh-CN' : 'en'
}
