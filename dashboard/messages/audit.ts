// What the audit page says, and what it calls an action; one without a name of its own is shown as the API writes it.

import { auditMessages as en } from './audit.en.ts'
import { auditMessages as zhCn } from './audit.zh-CN.ts'
import type { Locale } from './locale.ts'

export type AuditKey = keyof typeof en

const catalogues: Readonly<Record<Locale, Readonly<Record<AuditKey, string>>>> = { en, 'zh-CN': zhCn }

export function sayAudit(locale: Locale, key: AuditKey): string {
  return catalogues[locale][key]
}

export function auditWord(locale: Locale, kind: 'action' | 'role', name: string): string {
  const key = `${kind}.${name}`
  return isAuditKey(key) ? catalogues[locale][key] : name
}

function isAuditKey(key: string): key is AuditKey {
  return Object.hasOwn(en, key)
}
