// The telemetry store in a real InfluxDB 1.x: the contract, and what only a server can do wrong.

import { afterAll, beforeAll, describe, test } from 'vitest'
import { findService, howToGet } from '../services.ts'
import { type Influxd, startInfluxd } from './influxd.ts'
import { telemetryContract } from './telemetry-contract.ts'

if (findService('influxd') === undefined) test.skip(`InfluxDB is not installed: ${howToGet('influxd')}`, () => {})
else
  describe('with InfluxDB', () => {
    let server: Influxd
    let databases = 0

    beforeAll(async () => {
      server = await startInfluxd()
    }, 30_000)
    afterAll(() => server.stop())

    telemetryContract('InfluxDB', async () => {
      databases += 1
      return `${server.url}-${databases}`
    })
  })
