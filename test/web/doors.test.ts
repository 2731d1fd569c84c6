// The addresses of the web app, and what the insurer and the maker see behind them.

import { expect, test } from 'vitest'
import type { Policy } from '../../dashboard/api/shapes.ts'
import { filterBook, sumBook } from '../../dashboard/web/insurer/book-rows.ts'
import { documentText, editionTables } from '../../dashboard/web/insurer/edition-tables.ts'
import { deviceIdLooksRight, publishCommand } from '../../dashboard/web/maker/publish-command.ts'
import { parseRoute, pathOf, type Route } from '../../dashboard/web/routes.ts'
import { parseTelemetry } from '../../devices/contract/telemetry.ts'

const routes: readonly (readonly [string, Route])[] = [
  ['/', { kind: 'first' }],
  ['/policies/p-1', { kind: 'policy', policyId: 'p-1' }],
  ['/policies/p-1/trips', { kind: 'trips', policyId: 'p-1' }],
  ['/policies/p-1/steps/behaviour%3Abraking', { kind: 'step', policyId: 'p-1', stepId: 'behaviour:braking' }],
  ['/policies/p-1/trips/t%2F1', { kind: 'trip', policyId: 'p-1', tripId: 't/1' }],
  ['/editions', { kind: 'editions' }],
  ['/editions/abc', { kind: 'edition', hash: 'abc' }],
  ['/replays/r1', { kind: 'replay', replayId: 'r1' }],
  ['/disputes', { kind: 'disputes' }],
  ['/disputes/d1', { kind: 'dispute', disputeId: 'd1' }],
  ['/devices/car-1', { kind: 'device', deviceId: 'car-1' }],
  ['/contract', { kind: 'contract' }],
  ['/runs/r1', { kind: 'run', runId: 'r1' }],
]

test.each(routes)('%s leads to its page and back', (path, route) => {
  expect(parseRoute(path)).toEqual(route)
  expect(route.kind === 'unknown' ? path : pathOf(route)).toBe(path)
})

test.each(['/nowhere', '/policies', '/policies/p/steps', '/policies/p/trips/t/more', '/editions/a/b', '/devices'])(
  '%s is no page',
  (path) => {
    expect(parseRoute(path)).toEqual({ kind: 'unknown' })
  },
)

test('a broken escape in an address is no error', () => {
  expect(parseRoute('/policies/%E0%A4%A')).toEqual({ kind: 'policy', policyId: '%E0%A4%A' })
})

function policyOf(id: string, product: Policy['product'], premium: Policy['premium'], name = 'Anna'): Policy {
  return {
    id,
    product,
    planId: product,
    timeZone: 'UTC',
    policyholder: { id: name, name },
    premium,
    devices: [`${id}-dev`],
    trips: 0,
  }
}

const euros = { premiumMinor: 5000, classPremiumMinor: 6000, currency: 'EUR', computedAtMs: 0 }
const book = [
  policyOf('p1', 'motor', euros),
  policyOf('p2', 'home', { ...euros, premiumMinor: 2000 }, 'Bram'),
  policyOf('p3', 'motor', { ...euros, currency: 'CNY' }),
  policyOf('p4', 'motor', null),
]

test('the book is found through by policy, holder and device', () => {
  const find = (text: string, product: 'all' | 'motor' | 'home' = 'all') =>
    filterBook(book, { text, product }).map(({ id }) => id)
  expect(find('BRAM')).toEqual(['p2'])
  expect(find('p3-dev')).toEqual(['p3'])
  expect(find('', 'motor')).toEqual(['p1', 'p3', 'p4'])
  expect(find('nobody')).toEqual([])
})

test('amounts of different currencies are never added, and a policy without a premium adds nothing', () => {
  expect(sumBook(book)).toEqual([
    { currency: 'EUR', ownMinor: 7000, classMinor: 12_000 },
    { currency: 'CNY', ownMinor: 5000, classMinor: 6000 },
  ])
})

test('an edition’s document reads as tables', () => {
  const document = {
    title: 'First',
    baseRateMinor: 66_000,
    classFactors: {
      region: { town: 1, city: 1.12 },
      age: [
        { level: 'under-21', below: 21, factor: 1.4 },
        { level: 'rest', factor: 1 },
      ],
    },
    mileage: {
      k: 180,
      curve: [
        [0, 0.7],
        [12_000, 1],
      ],
    },
    testCases: [{ name: 'hidden' }],
  }
  expect(documentText(document, 'title')).toBe('First')
  expect(editionTables(document)).toEqual([
    { path: '', columns: ['', ''], rows: [['baseRateMinor', '66000']] },
    {
      path: 'classFactors.region',
      columns: ['', ''],
      rows: [
        ['town', '1'],
        ['city', '1.12'],
      ],
    },
    {
      path: 'classFactors.age',
      columns: ['level', 'below', 'factor'],
      rows: [
        ['under-21', '21', '1.4'],
        ['rest', '', '1'],
      ],
    },
    { path: 'mileage', columns: ['', ''], rows: [['k', '180']] },
    {
      path: 'mileage.curve',
      columns: ['x', 'factor'],
      rows: [
        ['0', '0.7'],
        ['12000', '1'],
      ],
    },
  ])
  expect(editionTables('not a document')).toEqual([])
})

test.each(['vehicle', 'home'] as const)('the command for a %s publishes a reading that the contract accepts', (kind) => {
  const command = publishCommand({ id: 'car-1', secret: 's3cret', kind }, { host: 'localhost', port: 1999 }, 1_767_225_600_000)
  const payload = /-m '(.*)'$/s.exec(command)?.[1] ?? ''
  const parsed = parseTelemetry(new TextEncoder().encode(payload), { id: 'car-1', kind }, 1_767_225_600_500)
  expect(parsed.rejected).toEqual([])
  expect(parsed.readings).toHaveLength(1)
  expect(command).toContain('-h localhost -p 1999')
  expect(command).toContain('-t merit/v1/car-1/telemetry')
})

test('a device id is checked before it is sent', () => {
  expect(['car-1', 'A.b_c'].every(deviceIdLooksRight)).toBe(true)
  expect(['', '-car', 'my car', 'a'.repeat(65), 'a/b', '车'].some(deviceIdLooksRight)).toBe(false)
})
