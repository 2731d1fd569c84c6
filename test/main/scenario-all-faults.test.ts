// A hundred devices and more on a bad day: every fault that there is, over MQTT, through edge and pricing as they are.

import { expect, test } from 'vitest'
import { shippedScenario } from '../../devices/scenario/shipped-scenarios.ts'
import { runScenario } from '../../main/scenario/run-scenario.ts'

test('with every fault at once nothing that was acknowledged is missing and nothing counts twice', {
  timeout: 120_000,
}, async () => {
  const scenario = shippedScenario('all-faults')
  if (scenario === undefined) throw new Error('not shipped')
  const report = await runScenario({ scenario, signal: new AbortController().signal })
  const { published, acknowledged, stored, duplicates, quarantined } = report
  expect(report).toMatchObject({ ended: 'completely', missing: 0, twice: 0, unexpected: 0, examples: [] })
  expect(report.devices).toBeGreaterThanOrEqual(100)
  expect(acknowledged).toBe(published)
  expect(stored + duplicates + quarantined).toBe(acknowledged)
  expect(stored).toBeGreaterThan(100_000)
  expect(duplicates).toBeGreaterThan(0)
  for (const code of [
    'not-json',
    'not-a-batch',
    'unknown-schema',
    'wrong-kind',
    'too-many-readings',
    'unknown-signal',
    'wrong-type',
    'time-implausible',
    'time-in-future',
  ])
    expect(report.quarantinedByReason[code], code).toBeGreaterThan(0)
  expect(report.refusedSignIns).toBeGreaterThan(0)
  expect(report.cutForSize).toBeGreaterThan(0)
  expect(report.premiums).toHaveLength(100)
  expect(report.premiumMinor).not.toBe(report.unfaultedPremiumMinor)
})
