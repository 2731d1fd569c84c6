// Without faults everything is equal: published, acknowledged and stored, every trip found, the premium that of the readings to the
// cent, and what differs from the true behaviour named by the facts it comes from. With faults the shares still add up.

import { expect, test } from 'vitest'
import type { ScenarioReport } from '../../dashboard/runs/scenario-report.ts'
import { shippedScenario } from '../../devices/scenario/shipped-scenarios.ts'
import { runScenario } from '../../main/scenario/run-scenario.ts'

async function run(name: string): Promise<ScenarioReport> {
  const scenario = shippedScenario(name)
  if (scenario === undefined) throw new Error(`${name} is not shipped`)
  return runScenario({ scenario, signal: new AbortController().signal })
}

/** The parts of every policy's difference, to the cent. */
function addsUp({ premiums }: ScenarioReport): void {
  for (const { premiumMinor, unfaultedMinor, trueMinor, byFaults, byMeasuring } of premiums) {
    expect(byMeasuring.reduce((sum, { minor }) => sum + minor, trueMinor)).toBe(unfaultedMinor)
    expect(byFaults.reduce((sum, { minor }) => sum + minor, unfaultedMinor)).toBe(premiumMinor)
  }
}

test.each(['calm-commuter-family', 'phone-of-a-passenger', 'ferry-and-tow-truck'])(
  '%s: everything is equal',
  { timeout: 60_000 },
  async (name) => {
    const report = await run(name)
    const { published, acknowledged, stored, trips, premiumMinor, unfaultedPremiumMinor, truePremiumMinor } = report
    expect({ acknowledged, stored }).toEqual({ acknowledged: published, stored: published })
    expect(report).toMatchObject({ ended: 'completely', quarantined: 0, missing: 0, twice: 0, unexpected: 0, toldByTwo: 0 })
    expect(trips).toMatchObject({ recall: 1, precision: 1 })
    expect(premiumMinor).toBe(unfaultedPremiumMinor)
    // A phone's speed is noisier than the truth: a cent.
    expect(Math.abs(premiumMinor - truePremiumMinor)).toBeLessThanOrEqual(name === 'phone-of-a-passenger' ? 5 : 0)
    addsUp(report)
  },
)

test('a fraud ring changes its premiums, the reasons are named, and still nothing is lost', { timeout: 60_000 }, async () => {
  const report = await run('fraud-ring')
  expect(report).toMatchObject({ ended: 'completely', acknowledged: report.published, missing: 0, twice: 0, unexpected: 0 })
  expect(report.premiums.every(({ byFaults }) => byFaults.length > 0)).toBe(true)
  expect(report.premiumMinor).not.toBe(report.unfaultedPremiumMinor)
  expect(report.toldByTwo).toBeGreaterThan(10)
  addsUp(report)
})
