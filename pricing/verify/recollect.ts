// Puts together the trips or days that a premium rests on: measured again from the readings where there still are some, as the
// book holds them where there are none. Pure; says what it had to take and what does not agree.

import { canonicalJson } from '../canonical-json.ts'
import { experienceKey, type PremiumBasis } from './premium-basis.ts'
import type { Reread } from './reread-readings.ts'
import { type Experience, type Finding, valueDifferences } from './verification.ts'

export interface Recollected<Measured> {
  readonly taken: readonly Measured[]
  readonly findings: readonly Finding[]
}

interface Sources<Measured> {
  readonly what: Experience
  readonly deviceId: string
  readonly basis: PremiumBasis
  readonly reread: Reread<Measured>
  /** What the book holds of the device now. */
  readonly stored: readonly Measured[]
  readonly atOf: (measured: Measured) => number | string
  readonly factsOf: (measured: Measured) => unknown
  /** Whether all the readings it was measured from may still be there. */
  readonly isReadable: (at: number | string, firstReadingMs: number) => boolean
  /** How a trip or day is named to a person. */
  readonly nameOf: (at: number | string) => string
}

export function recollect<Measured>(sources: Sources<Measured>): Recollected<Measured> {
  const { what, deviceId, basis, reread, stored, atOf, factsOf, isReadable, nameOf } = sources
  const keyOf = (measured: Measured): string => experienceKey(deviceId, atOf(measured))
  const again = new Map(reread.measured.map((measured) => [keyOf(measured), measured]))
  const held = new Map(stored.map((measured) => [keyOf(measured), measured]))
  const taken: Measured[] = []
  const findings: Finding[] = []
  let deleted = 0
  const places = new Map([...again, ...held].map(([key, measured]) => [key, atOf(measured)]))
  for (const key of basis.there) {
    if (!key.endsWith(`/${deviceId}`)) continue
    const at = places.get(key) ?? placeIn(key)
    const isLater = basis.changedSince.has(key)
    const [fromReadings, fromBook] = [again.get(key), held.get(key)]
    if (reread.firstReadingMs === undefined || !isReadable(at, reread.firstReadingMs)) {
      if (fromBook === undefined) findings.push({ kind: 'experience-gone', what, deviceId, at: nameOf(at) })
      else {
        taken.push(fromBook)
        deleted += 1
      }
      continue
    }
    if (fromReadings === undefined) {
      findings.push({ kind: 'measured-otherwise', what, deviceId, at: nameOf(at), path: '*', isLater })
      continue
    }
    taken.push(fromReadings)
    const difference = fromBook && differenceOf(factsOf(fromBook), factsOf(fromReadings))
    if (difference !== undefined)
      findings.push({ kind: 'measured-otherwise', what, deviceId, at: nameOf(at), path: difference, isLater })
  }
  if (deleted > 0) findings.push({ kind: 'readings-deleted', what, deviceId, count: deleted })
  const later = [...held.keys()].filter((key) => !basis.there.has(key)).length
  if (later > 0) findings.push({ kind: 'came-later', what, deviceId, count: later })
  return { taken, findings }
}

function differenceOf(held: unknown, again: unknown): string | undefined {
  return canonicalJson(held) === canonicalJson(again) ? undefined : (valueDifferences('', held, again)[0]?.path ?? '')
}

function placeIn(key: string): number | string {
  const at = key.slice(0, key.indexOf('/'))
  return /^\d+$/.test(at) ? Number(at) : at
}
