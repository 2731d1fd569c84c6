// The filing pack of an edition as one zip: documents as PDFs, tables as CSV, the edition itself, and a manifest with the hash of
// each. The same edition, comparison and language give the same bytes, on any machine and in any time zone.

import { strToU8, zipSync } from 'fflate'
import type { DislocationReport } from '../../pricing/dislocation/report-form.ts'
import { changesCsv, dislocationCsv } from '../../pricing/filing/filed-csv.ts'
import { manifestOf, type PackFile } from '../../pricing/filing/manifest.ts'
import { workedExample } from '../../pricing/filing/worked-example.ts'
import { editionDifference } from '../../pricing/lifecycle/edition-difference.ts'
import { editionTables } from '../../pricing/tables-csv/edition-tables.ts'
import { tableCsv } from '../../pricing/tables-csv/write-csv.ts'
import type { Locale } from '../messages/locale.ts'
import { dislocationReport } from './dislocation-report.ts'
import { exampleReport } from './example-report.ts'
import { type FiledEdition, filingWords } from './filing-words.ts'
import { type Exhibit, memorandum } from './memorandum.ts'
import { modelCard } from './model-card.ts'
import { renderReport } from './render-report.ts'
import type { Report } from './report.ts'
import { ruleManual } from './rule-manual.ts'

export interface FilingOptions extends FiledEdition {
  /** The canonical form of the edition as it is stored: its SHA-256 is the edition's hash. */
  readonly document: string
  /** Left out when the edition was not replayed over a book. */
  readonly dislocation?: DislocationReport
  readonly locale: Locale
}

/** @returns the bytes of the zip */
export async function filingPack(options: FilingOptions): Promise<Uint8Array> {
  const files = await filesOf(options)
  const manifest = manifestOf(options.edition, options.former, options.submittedAtMs, files)
  const all = [...files, { path: 'manifest.json', bytes: strToU8(`${JSON.stringify(manifest, null, 2)}\n`) }]
  const sorted = all.toSorted((one, other) => (one.path < other.path ? -1 : 1))
  const mtime = wallClock(options.submittedAtMs)
  return zipSync(Object.fromEntries(sorted.map(({ path, bytes }) => [path, bytes])), { level: 9, mtime })
}

async function filesOf(options: FilingOptions): Promise<readonly PackFile[]> {
  const { edition, former, dislocation, document, locale } = options
  const say = filingWords(locale)
  const files: PackFile[] = []
  const exhibits: Exhibit[] = []
  const list = (file: string, what: string) => exhibits.push({ file, what })
  const add = (path: string, bytes: Uint8Array, what: string) => {
    files.push({ path, bytes })
    list(path, what)
  }
  const addReport = async (path: string, report: Report, what: string) => add(path, await renderReport(report), what)

  list('01-memorandum.pdf', say('exhibit.memorandum'))
  await addReport('02-rule-manual.pdf', ruleManual(options, locale), say('exhibit.manual'))
  if (dislocation !== undefined) {
    await addReport('03-dislocation.pdf', dislocationReport(options, dislocation, locale), say('exhibit.dislocation'))
    add('03-dislocation.csv', strToU8(dislocationCsv(dislocation)), say('exhibit.dislocation-csv'))
  }
  const example = workedExample(edition)
  if (example !== undefined)
    await addReport('04-worked-example.pdf', exampleReport(options, example, locale), say('exhibit.example'))
  await addReport('05-model-card.pdf', modelCard(options, locale), say('exhibit.card'))
  if (former !== undefined) add('06-changes.csv', strToU8(changesCsv(editionDifference(former, edition))), say('exhibit.changes'))
  const tables = editionTables(edition)
  for (const table of tables) files.push({ path: `tables/${table.name}.csv`, bytes: strToU8(tableCsv(table)) })
  list('tables/', say('exhibit.tables', { count: tables.length }))
  add('edition.json', strToU8(document), say('exhibit.edition'))
  list('manifest.json', say('exhibit.manifest'))
  const cover = await renderReport(memorandum(options, dislocation, exhibits, locale))
  return [{ path: '01-memorandum.pdf', bytes: cover }, ...files]
}

/** Zip files carry the local wall clock; here it shows UTC wherever the pack is made. */
function wallClock(atMs: number): Date {
  const at = new Date(atMs)
  return new Date(
    at.getUTCFullYear(),
    at.getUTCMonth(),
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  )
}
