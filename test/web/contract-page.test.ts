// The contract as a page: its examples are good by the contract itself, every refusal has its cause and mend in words, and a
// payload is shown with the place that was wrong.

import { expect, test } from 'vitest'
import { endReasons } from '../../broker/connection-events.ts'
import { locales } from '../../dashboard/messages/locale.ts'
import { sayMakerIfKnown } from '../../dashboard/messages/maker.ts'
import { signalWords } from '../../dashboard/messages/signals.zh-CN.ts'
import { exampleBatch, exampleState } from '../../dashboard/web/maker/contract-examples.ts'
import { decodeReadings, highlight } from '../../dashboard/web/maker/decode-payload.ts'
import { refusalCodes } from '../../devices/contract/receipt.ts'
import { deviceKinds, signalsByKind } from '../../devices/contract/signals.ts'
import { parseDeviceState } from '../../devices/contract/state.ts'
import { parseTelemetry } from '../../devices/contract/telemetry.ts'

const nowMs = 1_767_225_600_000

test.each(deviceKinds)('the example of a %s is taken as it stands', (kind) => {
  const parsed = parseTelemetry(new TextEncoder().encode(exampleBatch(kind, nowMs)), { id: 'example', kind }, nowMs)
  expect([parsed.rejected, parsed.readings.length, parsed.clock.verdict]).toEqual([[], 1, 'ok'])
})

test('the example of a state is one', () => {
  expect(parseDeviceState(new TextEncoder().encode(exampleState))).toMatchObject({ state: 'online', session: 1 })
})

test.each(locales)('every refusal and every end of a connection has its words: %s', (locale) => {
  const wordless = (prefix: string, codes: readonly string[]) =>
    codes.filter((code) => sayMakerIfKnown(locale, prefix, code) === code)
  expect(wordless('cause', refusalCodes)).toEqual([])
  expect(wordless('mend', refusalCodes)).toEqual([])
  expect(wordless('reason', endReasons)).toEqual([])
})

test('every signal is told in Chinese too, and nothing else is', () => {
  const names = deviceKinds.flatMap((kind) => signalsByKind[kind].map(({ name }) => name))
  expect(Object.keys(signalWords).toSorted()).toEqual(names.toSorted())
  for (const words of Object.values(signalWords)) expect(words).toMatch(/[\u4e00-\u9fff]/)
})

test('the field that was refused stands out, in a batch and in the one reading that quarantine keeps', () => {
  const offending = (payload: string, path: string) =>
    highlight(payload, path).flatMap(({ text, isOffending }) => (isOffending ? [text.trim()] : []))
  expect(offending('{"t":1,"Speeed":3}', '/readings/4/Speeed')).toEqual(['"Speeed": 3'])
  expect(offending('{"schema":"home/1","seq":1,"readings":[]}', '/schema')).toEqual(['"schema": "home/1",'])
  expect(offending('{"t":1,"a/b":3}', '/readings/0/a~1b')).toEqual(['"a/b": 3'])
  expect(offending('{"t":1', '/readings/0/t')).toEqual([])
  expect(highlight('not json', '').map(({ text }) => text)).toEqual(['not json'])
})

test('readings come with their units, and of a payload that was cut those that are whole', () => {
  const whole = '{"schema":"vehicle/1","seq":1,"readings":[{"t":5,"Speed":48.2},{"t":6,"Ignition":true}]}'
  const rows = [
    { takenAtMs: 5, signal: 'Speed', value: '48.2', unit: 'km/h' },
    { takenAtMs: 6, signal: 'Ignition', value: 'true', unit: '' },
  ]
  expect(decodeReadings(whole)).toEqual(rows)
  expect(decodeReadings(whole.slice(0, -14))).toEqual(rows.slice(0, 1))
  expect(decodeReadings('nonsense')).toEqual([])
})
