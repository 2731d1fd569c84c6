// The rights table: what a device may do with a topic, and that everything else is refused.

import { expect, test } from 'vitest'
import { connectReturnCodes, judgeConnect } from '../../broker/connect-rules.ts'
import { channelOf, mayLeaveWill, maySubscribe } from '../../broker/topic-rights.ts'

const own = 'merit/v1/car-1'

test.each([
  [`${own}/telemetry`, 'telemetry'],
  [`${own}/state`, 'state'],
  [`${own}/receipt`, undefined],
  [`${own}/config`, undefined],
  [`${own}/nudge`, undefined],
  [`${own}/telemetry/`, undefined],
  [`/${own}/telemetry`, undefined],
  [`${own}/telemetry\u0000`, undefined],
  [`${own}/../car-1/telemetry`, undefined],
  [`${own}/TELEMETRY`, undefined],
  ['merit/v1/car-2/telemetry', undefined],
  ['merit/v2/car-1/telemetry', undefined],
  ['merit/v1/car-1', undefined],
  ['merit/v1/+/telemetry', undefined],
  ['merit/v1/#', undefined],
  ['#', undefined],
  ['$SYS/broker/telemetry', undefined],
  ['a/../b', undefined],
  ['', undefined],
])('car-1 publishes on %j: %s', (topic, channel) => {
  expect(channelOf('car-1', { topic })).toBe(channel)
})

test('a retained message is refused even on the own topic', () => {
  expect(channelOf('car-1', { topic: `${own}/telemetry`, retain: false })).toBe('telemetry')
  expect(channelOf('car-1', { topic: `${own}/telemetry`, retain: true })).toBeUndefined()
})

test.each([
  [`${own}/receipt`, true],
  [`${own}/config`, true],
  [`${own}/nudge`, true],
  [`${own}/telemetry`, false],
  [`${own}/state`, false],
  [`${own}/+`, false],
  [`${own}/#`, false],
  ['merit/v1/car-2/receipt', false],
  ['merit/v1/+/receipt', false],
  ['merit/+/car-1/receipt', false],
  ['#', false],
  ['+/+/+/+', false],
  ['$SYS/#', false],
  [`$share/group/${own}/receipt`, false],
  ['a/../b', false],
  ['', false],
])('car-1 subscribes to %j: %s', (filter, isAllowed) => {
  expect(maySubscribe('car-1', filter)).toBe(isAllowed)
})

test('a Last Will speaks about the own state only', () => {
  expect(mayLeaveWill('car-1', { topic: `${own}/state` })).toBe(true)
  expect(mayLeaveWill('car-1', { topic: `${own}/telemetry` })).toBe(false)
  expect(mayLeaveWill('car-1', { topic: `${own}/state`, retain: true })).toBe(false)
  expect(mayLeaveWill('car-1', { topic: 'merit/v1/car-2/state' })).toBe(false)
})

const good = { clientId: 'car-1', username: 'car-1', password: 'secret', will: undefined }

test.each([
  ['all three names alike', {}, 'claims'],
  ['a will on the own state', { will: { topic: `${own}/state` } }, 'claims'],
  ['the id of an object property', { clientId: 'constructor', username: 'constructor' }, 'claims'],
  ['an empty client id', { clientId: '' }, 'bad-client-id'],
  ['a client id with a slash', { clientId: 'car/1', username: 'car/1' }, 'bad-client-id'],
  ['a client id with a wildcard', { clientId: '+', username: '+' }, 'bad-client-id'],
  ['a client id with NUL', { clientId: 'car-1\u0000', username: 'car-1\u0000' }, 'bad-client-id'],
  ['a client id of 65 characters', { clientId: 'a'.repeat(65), username: 'a'.repeat(65) }, 'bad-client-id'],
  ['no user name', { username: undefined }, 'no-credential'],
  ['no password', { password: undefined }, 'no-credential'],
  ['another client id than user name', { clientId: 'car-2' }, 'client-id-differs-from-user-name'],
  ['a will on a foreign topic', { will: { topic: 'merit/v1/car-2/state' } }, 'foreign-will'],
])('CONNECT with %s: %s', (_, change, expected) => {
  const verdict = judgeConnect({ ...good, ...change })
  expect(verdict.kind === 'claims' ? 'claims' : verdict.reason).toBe(expected)
})

test('every refusal has a return code that MQTT 3.1.1 knows', () => {
  const verdict = judgeConnect({ ...good, clientId: '' })
  expect(verdict).toEqual({ kind: 'refused', reason: 'bad-client-id', returnCode: connectReturnCodes.identifierRejected })
})
