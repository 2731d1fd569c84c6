// Thirty days of a home as rows of cells, one row for each peril: pure, so that the picture and its table show the same.

import type { HomeDay } from '../../api/shapes.ts'

export const perils = ['water', 'freeze', 'fire', 'intrusion', 'humidity'] as const
export type Peril = (typeof perils)[number]

export const daysShown = 30

/** A hint is told and held against nobody. */
export type CellState = 'quiet' | 'dark' | 'hint' | 'noticed'

export type Span = HomeDay['spans'][number]

export interface Finding {
  readonly day: string
  readonly peril: Peril
  readonly state: 'hint' | 'noticed'
  readonly minutes: number
  readonly spans: readonly Span[]
  /** The slowest of its leaks that were stopped. */
  readonly reactionMinutes: number | null
  readonly timeZone: string
  /** Of the day, 0 to 1; null for a day measured before that was kept, and for the newest, which may still be going on. */
  readonly completeness: number | null
}

export interface HomeStrip {
  /** Calendar days, oldest first, without gaps. */
  readonly days: readonly string[]
  readonly rows: readonly {
    readonly peril: Peril
    readonly cells: readonly { readonly state: CellState; readonly minutes: number }[]
    /** Days on which its sensors were alive. */
    readonly liveDays: number
  }[]
  readonly liveDays: number
  /** What was noticed, by peril within a day, the newest day first. */
  readonly findings: readonly Finding[]
  /** Days on which anything was noticed. */
  readonly noticedDays: number
  /** The newest day on which the valve was seen to stop the flow. */
  readonly valveTestedOn: string | undefined
}

export interface InstallationStrip {
  readonly deviceId: string
  readonly strip: HomeStrip
}

/** One for each installation, by its id, all of the same days. */
export function homeStrips(records: readonly HomeDay[]): readonly InstallationStrip[] {
  const newest = newestDay(records)
  return [...Map.groupBy(records, ({ deviceId }) => deviceId)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([deviceId, own]) => {
      const strip = homeStrip(own, newest)
      return strip === undefined ? [] : [{ deviceId, strip }]
    })
}

function newestDay(records: readonly HomeDay[]): string {
  return records.reduce((latest, { day }) => (day > latest ? day : latest), '')
}

/** The thirty days up to the newest known one. Days without a record are dark, as are days that were not live. */
export function homeStrip(records: readonly HomeDay[], newest = newestDay(records)): HomeStrip | undefined {
  if (newest === '') return undefined
  const days = daysUpTo(newest, daysShown)
  const byDay = new Map<string, HomeDay[]>()
  for (const record of records) byDay.set(record.day, [...(byDay.get(record.day) ?? []), record])
  const rows = perils.map((peril) => ({
    peril,
    liveDays: days.filter((day) => byDay.get(day)?.some((record) => isLive(record, peril))).length,
    cells: days.map((day) => {
      const found = byDay.get(day) ?? []
      const minutes = found.reduce((sum, record) => sum + minutesOf(record, peril), 0)
      if (minutes > 0) return { state: 'noticed' as const, minutes }
      if (found.some((record) => spansOf(record, peril).length > 0)) return { state: 'hint' as const, minutes }
      return { state: found.some((record) => isLive(record, peril)) ? ('quiet' as const) : ('dark' as const), minutes }
    }),
  }))
  const tested = records.filter(({ valveTested }) => valveTested).map(({ day }) => day)
  return {
    days,
    rows,
    findings: findingsOf(days, byDay),
    liveDays: days.filter((day) => byDay.get(day)?.some(({ live }) => live)).length,
    noticedDays: days.filter((_, index) => rows.some(({ cells }) => cells[index]?.state === 'noticed')).length,
    valveTestedOn: tested.toSorted().at(-1),
  }
}

function findingsOf(days: readonly string[], byDay: ReadonlyMap<string, readonly HomeDay[]>): readonly Finding[] {
  return days.toReversed().flatMap((day) =>
    perils.flatMap((peril) =>
      (byDay.get(day) ?? []).flatMap((record): Finding[] => {
        const minutes = minutesOf(record, peril)
        const spans = spansOf(record, peril)
        if (minutes === 0 && spans.length === 0) return []
        const reactions = spans.flatMap(({ reactionMinutes }) => reactionMinutes ?? [])
        return [
          {
            day,
            peril,
            state: minutes > 0 ? 'noticed' : 'hint',
            minutes,
            spans,
            reactionMinutes: reactions.length === 0 ? null : Math.max(...reactions),
            timeZone: record.timeZone,
            completeness: record.perils === null || day === days.at(-1) ? null : record.completeness,
          },
        ]
      }),
    ),
  )
}

const perilOfSpan: Readonly<Record<Span['kind'], Peril>> = {
  'leak-sensor': 'water',
  'leak-flow': 'water',
  freeze: 'freeze',
  'freeze-trend': 'freeze',
  smoke: 'fire',
  'carbon-monoxide': 'fire',
  'power-unattended': 'fire',
  'open-unattended': 'intrusion',
  damp: 'humidity',
  mould: 'humidity',
}

function spansOf({ spans }: HomeDay, peril: Peril): readonly Span[] {
  return spans.filter(({ kind }) => perilOfSpan[kind] === peril)
}

/** Its own sensors were alive; of a day measured before they were watched, that the installation was. */
function isLive({ perils: known, live }: HomeDay, peril: Peril): boolean {
  return known === null ? live : live && known[peril].live
}

export function minutesOf(day: HomeDay, peril: Peril): number {
  switch (peril) {
    case 'water':
      return day.leakMinutes
    case 'freeze':
      return day.freezeMinutes
    case 'fire':
      return day.smokeMinutes + day.carbonMonoxideMinutes
    case 'intrusion':
      return day.openUnattendedMinutes
    case 'humidity':
      return day.dampMinutes
  }
}

const dayMs = 86_400_000

/** Calendar days have no time zone, so they are counted in UTC, where every day is 24 hours. */
export function daysUpTo(newest: string, count: number): readonly string[] {
  const lastMs = Date.parse(`${newest}T00:00:00Z`)
  return Array.from({ length: count }, (_, index) => new Date(lastMs - (count - 1 - index) * dayMs).toISOString().slice(0, 10))
}

/** YYYY-MM-DD by the clock of the time zone. */
export function calendarDay(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(atMs)
}
