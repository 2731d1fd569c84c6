// The ingest bench on a small scale: what it prints is what it measured, and everything Merit acknowledged is in InfluxDB.

import { expect, test } from 'vitest'
import { findService, howToGet } from '../services.ts'
import { messageTemplates, publishPacket } from './ingest/message-templates.ts'
import { measureIngest } from './ingest/run-ingest.ts'

const missing = (['influxd', 'mosquitto'] as const).filter((service) => findService(service) === undefined)

test('a template’s message is one that the contract takes, with its own number and times', async () => {
  const { parseTelemetry } = await import('../../devices/contract/telemetry.ts')
  const topic = Buffer.from('merit/v1/bench-1/telemetry')
  const firstMs = Date.UTC(2025, 0, 1)
  for (const template of messageTemplates(30)) {
    const packet = publishPacket(topic, 513, template, { seq: 100_007, sentMs: firstMs + 60_000, firstMs })
    const at = packet.indexOf(topic) + topic.length
    expect(packet.readUInt16BE(at)).toBe(513)
    const parsed = parseTelemetry(packet.subarray(at + 2), { kind: 'vehicle', id: 'bench-1' }, firstMs + 60_000)
    expect(parsed.rejected).toEqual([])
    expect(parsed.seq).toBe(100_007)
    expect(parsed.readings.map(({ takenAtMs }) => takenAtMs)).toEqual(Array.from({ length: 30 }, (_, at) => firstMs + at * 1000))
    expect(parsed.readings.every(({ values }) => 'Speed' in values)).toBe(true)
  }
})

test.skipIf(missing.length > 0)(
  `a second with ten vehicles: every reading Merit acknowledged is stored, and the peers are measured beside it${missing.map((service) => ` (${howToGet(service)})`).join('')}`,
  async () => {
    const { cases, idle } = await measureIngest({ connections: [10], readings: [3], seconds: 1, idle: 20, say: () => undefined })
    expect(cases).toMatchObject([{ connections: 10, readingsPerMessage: 3, storedShare: 1 }])
    for (const figures of [...cases, ...cases.flatMap(({ peers }) => peers)]) {
      expect(figures.acknowledgedPerS).toBeGreaterThan(0)
      expect(figures.readingsStoredPerS).toBeGreaterThan(0)
      expect(figures.cpuSPerMillionReadings).toBeGreaterThan(0)
    }
    expect(cases[0]?.bareAedesPerS).toBeGreaterThan(0)
    expect(cases[0]?.peers.map(({ durable }) => durable)).toEqual([false, false])
    expect(idle).toMatchObject({ connections: 20 })
  },
  120_000,
)
