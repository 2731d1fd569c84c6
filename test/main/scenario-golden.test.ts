// Three shipped scenarios to the cent: the same seed gives the same readings, and these the same premium, here and elsewhere. Origin of
// the figures: the first run of each; a change of the simulator or of a plan is to show here.

import { expect, test } from 'vitest'
import { shippedScenario } from '../../devices/scenario/shipped-scenarios.ts'
import { runScenario } from '../../main/scenario/run-scenario.ts'

const golden = [
  { name: 'young-driver', published: 26_726, premiumMinor: 7999, unfaultedPremiumMinor: 7999, truePremiumMinor: 7972 },
  { name: 'burst-pipe-on-holiday', published: 20_160, premiumMinor: 2246, unfaultedPremiumMinor: 2246, truePremiumMinor: 2246 },
  { name: 'night-shift-nurse', published: 28_914, premiumMinor: 5005, unfaultedPremiumMinor: 5005, truePremiumMinor: 5005 },
]

test.each(golden)('$name costs what it costs, to the cent', { timeout: 30_000 }, async ({ name, published, ...premiums }) => {
  const scenario = shippedScenario(name)
  if (scenario === undefined) throw new Error(`${name} is not shipped`)
  const report = await runScenario({ scenario, signal: new AbortController().signal })
  expect(report).toMatchObject({
    ended: 'completely',
    published,
    acknowledged: published,
    stored: published,
    quarantined: 0,
    missing: 0,
    twice: 0,
    ...premiums,
  })
  for (const { premiumMinor, trueMinor, byFaults, byMeasuring } of report.premiums) {
    expect(byFaults).toEqual([])
    expect(byMeasuring.reduce((sum, { minor }) => sum + minor, trueMinor)).toBe(premiumMinor)
  }
})
