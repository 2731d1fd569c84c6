// Looking for devices over the API: by a part of the id or the name, in capitals or not, among all of an insurer's own.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerDevice } from '../../broker/registry.ts'
import { type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard
beforeAll(async () => {
  office = await runDashboard()
  for (const [id, label] of [
    ['van-100', 'Delivery 100%'],
    ['van-200', 'Delivery 200'],
    ['hub_x', '花园'],
  ] as const)
    await registerDevice(office.book, { id, kind: 'vehicle', label }, Date.now())
})
afterAll(() => office.stop())

async function found(q: string, more = ''): Promise<{ readonly ids: readonly string[]; readonly next: string | null }> {
  const response = await office.ask('maker', `/api/v1/devices?q=${encodeURIComponent(q)}${more}`)
  const page: { readonly items: readonly { readonly id: string }[]; readonly next: string | null } = await response.json()
  return { ids: page.items.map(({ id }) => id), next: page.next }
}

test.each([
  ['van', ['van-100', 'van-200']],
  ['DELIVERY', ['van-100', 'van-200']],
  ['0%', ['van-100']],
  ['b_x', ['hub_x']],
  ['园', ['hub_x']],
  ['  car-A ', ['car-a']],
  ['nothing of the kind', []],
] as const)('“%s” finds what has it in its id or name, letter by letter', async (q, ids) => {
  expect((await found(q)).ids).toEqual(ids)
})

test('what is found comes in pages', async () => {
  const first = await found('van', '&limit=1')
  expect(first.ids).toEqual(['van-100'])
  expect(await found('van', `&limit=1&cursor=${first.next}`)).toEqual({ ids: ['van-200'], next: null })
})

test('an empty search lists every device', async () => {
  expect((await found(' ')).ids).toHaveLength(5)
})
