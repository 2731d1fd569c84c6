// Listening on other addresses than the default: what is printed and polled is one that a client can use.

import { networkInterfaces } from 'node:os'
import { afterEach, expect, test } from 'vitest'
import { reachableHost } from '../../main/reachable-host.ts'
import { type RunningMerit, removeFolder, startMerit } from '../running-merit.ts'

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['0.0.0.0', '127.0.0.1'],
  ['::', '[::1]'],
  ['::1', '[::1]'],
  ['merit.example', 'merit.example'],
])('%s is reached at %s', (host, reached) => {
  expect(reachableHost(host)).toBe(reached)
})

let merit: RunningMerit | undefined

afterEach(async () => {
  await merit?.stop()
  if (merit !== undefined) removeFolder(merit.dataDir)
})

const hasIpv6 = Object.values(networkInterfaces()).some((entries) => entries?.some(({ address }) => address === '::1'))

test.for(['0.0.0.0', '::1'])('on %s Merit starts, and the command line finds it', async (host, { skip }) => {
  skip(host === '::1' && !hasIpv6, 'this machine has no IPv6 loopback address: enable IPv6')
  merit = await startMerit({ demo: false, environment: { MERIT_HOST: host } })
  expect(merit.output()).toContain(`http://${reachableHost(host)}:`)
  await merit.merit('device', 'add', 'car', '--kind', 'vehicle')
  expect(await merit.meritJson('replay', 'test/data/drives/nds-12.csv', '--device', 'car')).toMatchObject({ accepted: 59 })
})
