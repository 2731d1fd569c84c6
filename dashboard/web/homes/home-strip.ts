// Thirty days of a home as rows of cells, one row for each peril: pure, so that the picture and its table show the same.

import type { HomeDay } from '../../api/shapes.ts'

export const perils = ['water', 'freeze', 'fire', 'intrusion', 'humidity'] as const
export type Peril = (typeof perils)[number]

export const daysShown = 30

export type CellState = 'quiet' | 'dark' | 'noticed'

export interface HomeStrip {
  /** Calendar days, oldest first, without gaps. */
  readonly days: readonly string[]
  readonly rows: readonly {
    readonly peril: Peril
    readonly cells: readonly { readonly state: CellState; readonly minutes: number }[]
  }[]
  readonly liveDays: number
  /** Days on which anything was noticed. */
  readonly noticedDays: number
  /** The newest day on which the valve was seen to stop the flow. */
  readonly valveTestedOn: string | undefined
}

/** The thirty days up to the newest known one. Days without a record are dark, as are days that were not live. */
export function homeStrip(records: readonly HomeDay[]): HomeStrip | undefined {
  const newest = records.reduce((latest, { day }) => (day > latest ? day : latest), '')
  if (newest === '') return undefined
  const days = daysUpTo(newest, daysShown)
  const byDay = new Map<string, HomeDay[]>()
  for (const record of records) byDay.set(record.day, [...(byDay.get(record.day) ?? []), record])
  const rows = perils.map((peril) => ({
    peril,
    cells: days.map((day) => {
      const found = byDay.get(day) ?? []
      const minutes = found.reduce((sum, record) => sum + minutesOf(record, peril), 0)
      if (minutes > 0) return { state: 'noticed' as const, minutes }
      return { state: found.some(({ live }) => live) ? ('quiet' as const) : ('dark' as const), minutes }
    }),
  }))
  const tested = records.filter(({ valveTested }) => valveTested).map(({ day }) => day)
  return {
    days,
    rows,
    liveDays: days.filter((day) => byDay.get(day)?.some(({ live }) => live)).length,
    noticedDays: days.filter((_, index) => rows.some(({ cells }) => cells[index]?.state === 'noticed')).length,
    valveTestedOn: tested.toSorted().at(-1),
  }
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
