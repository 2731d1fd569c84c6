// Which language the terminal speaks: the one that was set, else the system's, else English.

import { en, type TerminalMessages } from './en.ts'
import { zhCn } from './zh-CN.ts'

/** @param locale `MERIT_LOCALE`; empty takes the system's from LC_ALL, LC_MESSAGES or LANG */
export function terminalMessages(locale: '' | 'en' | 'zh-CN'): TerminalMessages {
  if (locale !== '') return locale === 'zh-CN' ? zhCn : en
  const system = process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? ''
  return /^zh/i.test(system) ? zhCn : en
}
