// The telemetry store in a real InfluxDB 1.x: the contract, and what only a server can do wrong.

import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeviceRef } from '../../devices/contract/reading.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import { StoreUnavailable, type TelemetryStore } from '../../store/telemetry-store.ts'
import { freePort } from '../free-port.ts'
import { findService, howToGet } from '../services.ts'
import { type Influxd, startInfluxd } from './influxd.ts'
import { all, drive, telemetryContract } from './telemetry-contract.ts'

const car: DeviceRef = { id: 'car-1', kind: 'vehicle' }
const otherCar: DeviceRef = { id: 'car-2', kind: 'vehicle' }

async function withStore<Result>(url: string, work: (store: TelemetryStore) => Promise<Result>): Promise<Result> {
  const store = await openTelemetryStore(url)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

async function administer(server: Influxd, q: string, database = ''): Promise<void> {
  const body = new URLSearchParams({ q, db: database })
  const credentials = Buffer.from(`merit:${decodeURIComponent(new URL(server.url).password)}`).toString('base64')
  const answer = await fetch(`${server.httpUrl}/query`, {
    method: 'POST',
    body,
    headers: { authorization: `Basic ${credentials}` },
  })
  const text = await answer.text()
  if (!answer.ok || text.includes('error')) throw new Error(text)
}

if (findService('influxd') === undefined) test.skip(`InfluxDB is not installed: ${howToGet('influxd')}`, () => {})
else
  describe('with InfluxDB', () => {
    let server: Influxd
    let databases = 0
    const freshUrl = async (): Promise<string> => {
      databases += 1
      return `${server.url}-${databases}`
    }

    beforeAll(async () => {
      server = await startInfluxd()
    }, 30_000)
    afterAll(() => server.stop())

    telemetryContract('InfluxDB', freshUrl)

    test('a server that is killed loses nothing it confirmed, and the same store object goes on', async () => {
      await withStore(await freshUrl(), async (store) => {
        await store.append([drive(car, 1), drive(car, 2)])
        await server.restart()
        expect(await store.append([drive(car, 1, 99), drive(car, 2), drive(car, 3)])).toEqual({
          stored: 1,
          duplicates: 1,
          conflicts: [drive(car, 1, 99)],
        })
        expect(await all(store, car)).toEqual([drive(car, 1), drive(car, 2), drive(car, 3)])
      })
    }, 30_000)

    test('readings that were written without being told, as a crash leaves them, are told when they are appended again', async () => {
      const url = await freshUrl()
      const cursor = await withStore(url, async (store) => {
        await store.append([drive(car, 1), drive(car, 2), drive(car, 3)])
        return (await store.devicesChangedSince()).cursor
      })
      const database = new URL(url).pathname.slice(1)
      await administer(server, 'DROP MEASUREMENT merit_change', database)
      await withStore(url, async (store) => {
        await store.append([drive(car, 1)])
        await store.append([drive(car, 2), drive(car, 3)])
        const { changes } = await store.devicesChangedSince(cursor)
        expect(changes).toEqual([{ device: car, fromMs: drive(car, 1).takenAtMs, toMs: drive(car, 3).takenAtMs }])
      })
    })

    test('a reader that looks while another process appends is told each change once', async () => {
      const url = await freshUrl()
      await withStore(url, (reader) =>
        withStore(url, async (writer) => {
          let { cursor } = await reader.devicesChangedSince()
          const told: number[] = []
          for (let second = 1; second <= 20; second += 1) {
            await writer.append([drive(car, second)])
            const since = await reader.devicesChangedSince(cursor)
            cursor = since.cursor
            told.push(...since.changes.map((change) => change.fromMs))
          }
          expect(told).toEqual(Array.from({ length: 20 }, (_, at) => drive(car, at + 1).takenAtMs))
        }),
      )
    })

    test('a line that the server refuses keeps no good one from being stored, and the failure names its reason', async () => {
      const url = await freshUrl()
      await withStore(url, async (store) => {
        // Somebody else wrote text where Merit writes a number.
        const line = `vehicle,device=stranger Heading="north" ${drive(car, 1).takenAtMs}`
        const written = await fetch(`${server.httpUrl}/write?db=${new URL(url).pathname.slice(1)}&precision=ms`, {
          method: 'POST',
          body: line,
        })
        expect(written.status).toBe(204)
        const bad = { ...drive(car, 3), values: { Heading: 90 } }
        const failure: unknown = await store.append([drive(car, 1), bad, drive(otherCar, 4)]).catch((error: unknown) => error)
        expect(failure).toBeInstanceOf(StoreUnavailable)
        expect(failure).toMatchObject({ message: expect.stringMatching(/refuses 1 of 3 readings .*type conflict/) })
        expect(await all(store, car)).toEqual([drive(car, 1)])
        expect(await all(store, otherCar)).toEqual([drive(otherCar, 4)])
        expect((await store.devicesChangedSince()).changes).toHaveLength(2)
      })
    })

    test('readings older than the database keeps do not hold up the others', async () => {
      const url = await freshUrl()
      await withStore(url, async (store) => {
        const database = new URL(url).pathname.slice(1)
        await administer(server, `ALTER RETENTION POLICY "autogen" ON "${database}" DURATION 2d SHARD DURATION 1d`)
        const now = { ...drive(car, 1), takenAtMs: Date.now() }
        expect(await store.append([drive(car, 1), now])).toEqual({ stored: 2, duplicates: 0, conflicts: [] })
        expect(await all(store, car)).toEqual([now])
      })
    })

    test('a database that somebody dropped is a store that is unavailable, not lost readings', async () => {
      const url = await freshUrl()
      await withStore(url, async (store) => {
        await administer(server, `DROP DATABASE "${new URL(url).pathname.slice(1)}"`)
        await expect(store.append([drive(car, 1)])).rejects.toThrow(StoreUnavailable)
        await withStore(url, async () => {})
        expect(await store.append([drive(car, 1)])).toMatchObject({ stored: 1 })
      })
    })

    describe('that asks for a password', () => {
      let guarded: Influxd
      beforeAll(async () => {
        guarded = await startInfluxd({ signIn: true })
      }, 30_000)
      afterAll(() => guarded.stop())

      test('the right one opens the store, odd characters and all', async () => {
        await withStore(guarded.url, async (store) => expect(await store.append([drive(car, 1)])).toMatchObject({ stored: 1 }))
      })

      test('a wrong one, or none, is refused without repeating it', async () => {
        const wrong = guarded.url.replace(/:[^/@]*@/, ':opensesame@')
        const none = guarded.url.replace(/\/\/.*@/, '//')
        for (const url of [wrong, none]) {
          const refusal: unknown = await openTelemetryStore(url).catch((error: unknown) => error)
          expect(refusal).toMatchObject({ code: 'store-sign-in' })
          expect(String(refusal)).not.toContain('opensesame')
        }
      })

      test('a user who lacks rights is told what the administrator has to do', async () => {
        await withStore(guarded.url, async () => {})
        await administer(guarded, `CREATE USER "reader" WITH PASSWORD 'r'`)
        await administer(guarded, 'GRANT READ ON "merit" TO "reader"')
        const url = guarded.url.replace(/\/\/.*@/, '//reader:r@')
        await expect(openTelemetryStore(url)).rejects.toMatchObject({
          code: 'store-denied',
          message: expect.stringContaining('GRANT ALL ON "merit" TO "reader"'),
        })
        await expect(openTelemetryStore(url.replace(/merit$/, 'elsewhere'))).rejects.toMatchObject({
          code: 'store-missing',
          message: expect.stringContaining('CREATE DATABASE "elsewhere"'),
        })
      })
    })
  })

test('a server that is away is unavailable', async () => {
  const url = `influxdb://merit:opensesame@127.0.0.1:${await freePort()}/merit`
  const failure: unknown = await openTelemetryStore(url).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(StoreUnavailable)
  expect(failure).toMatchObject({ code: 'store-unavailable', message: expect.stringContaining('ECONNREFUSED') })
  expect(String(failure)).not.toContain('opensesame')
})

test('a server that breaks off or talks something else is unavailable', async () => {
  const answers = [
    '',
    'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"res',
    'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]',
    'SSH-2.0\r\n',
  ]
  for (const answer of answers) {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(answer))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(openTelemetryStore(`influxdb://127.0.0.1:${port}/merit`, { requestMsMax: 300 })).rejects.toThrow(
      StoreUnavailable,
    )
    server.close()
  }
})

test.each([
  'influxdb://host:8086',
  'influxdb://host:8086/',
  'influxdb://host:8086/a/b',
  'influxdb://u:p%@host/db',
  'influxdb://host:99999/db',
  'influxdb:///db',
  'influxdb://host/db?x=1',
])('the address %s is refused', async (url) => {
  await expect(openTelemetryStore(url)).rejects.toMatchObject({ code: 'store-address' })
})
