// The words that go along with an export: what each file is, and how to read it.

import { formatDateTime } from '../messages/format.ts'
import type { Locale } from '../messages/locale.ts'
import { sayPerson } from '../messages/person.ts'
import type { ExportFile } from './export-zip.ts'
import type { HeldTable } from './held-tables.ts'

interface About {
  readonly locale: Locale
  readonly policyId: string
  readonly atMs: number
  readonly timeZone: string
}

export function exportNotes(tables: readonly HeldTable[], { locale, policyId, atMs, timeZone }: About): readonly ExportFile[] {
  const at = formatDateTime(atMs, locale, timeZone)
  const lines = [
    sayPerson(locale, 'export.readme.title', { policy: policyId, at }),
    '',
    sayPerson(locale, 'export.readme.forms'),
    sayPerson(locale, 'export.readme.times'),
    sayPerson(locale, 'export.readme.money'),
    sayPerson(locale, 'export.readme.formulas'),
    '',
    ...tables.map(({ name, about }) => `${name}: ${sayPerson(locale, `export.about.${about}`)}`),
    '',
    sayPerson(locale, 'export.readme.not-in-here'),
    '',
  ]
  return [{ name: 'README.txt', text: lines.join('\r\n') }]
}
