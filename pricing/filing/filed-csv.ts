// The figures of a filing that are not rate tables, as CSV (RFC 4180): what changed, and what it does to the book.

import { stringify } from 'csv-stringify/sync'
import type { DislocationReport, View } from '../dislocation/report-form.ts'
import type { CellChange } from '../lifecycle/edition-difference.ts'

type Cell = string | number | null

function csv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return stringify(
    [columns, ...rows].map((row) => row.map((cell) => cell ?? '')),
    {
      record_delimiter: '\r\n',
      cast: { number: (figure) => String(figure) },
    },
  )
}

export function changesCsv(changes: readonly CellChange[]): string {
  return csv(
    ['table', 'row', 'column', 'before', 'after', 'change'],
    changes.map(({ table, level, column, before, after, change }) => [table, level, column, before, after, change]),
  )
}

/** Amounts are minor units a year; one row for every bar, band, percentile, segment and policy. */
export function dislocationCsv(report: DislocationReport): string {
  const view = (name: string, { histogram, bands, percentiles }: View): readonly (readonly Cell[])[] => [
    ...histogram.map(({ from, to, policies }) => [`${name} histogram`, from, to, policies, null, null, null]),
    ...bands.map(({ from, to, policies, beforeMinor, afterMinor }) => [
      `${name} band`,
      from,
      to,
      policies,
      beforeMinor,
      afterMinor,
      null,
    ]),
    ...percentiles.map(({ percent, change }) => [`${name} percentile`, percent, null, null, null, null, change]),
  ]
  return csv(
    ['part', 'from', 'to', 'policies', 'before_minor', 'after_minor', 'change'],
    [
      ...view('uncapped', report.uncapped),
      ...view('capped', report.capped),
      ...report.segments.flatMap(({ id, levels }) =>
        levels.map(({ level, policies, beforeMinor, afterMinor, meanChange }): readonly Cell[] => [
          `segment ${id}`,
          level,
          null,
          policies,
          beforeMinor,
          afterMinor,
          meanChange,
        ]),
      ),
      ...[...report.worst.up, ...report.worst.down].map(({ policyId, beforeMinor, afterMinor, change }): readonly Cell[] => [
        'policy',
        policyId,
        null,
        1,
        beforeMinor,
        afterMinor,
        change,
      ]),
    ],
  )
}
