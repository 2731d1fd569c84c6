// Rates many made-up policies with the shipped plans and prints the hash of all worksheets: run by a test in processes of their
// own, as `rate-many.mjs PLANS-FOLDER forwards|backwards`.

import { readFileSync } from 'node:fs'
import { sha256 } from '../../pricing/canonical-json.ts'
import { parseEdition } from '../../pricing/edition/parse-edition.ts'
import type { Facts } from '../../pricing/rating/facts.ts'
import { rate } from '../../pricing/rating/rate.ts'
import { homePolicy, motorPolicy } from './editions-one/policies.ts'

const policyCount = 500

function withOwnInputs(facts: Facts, seed: number): Facts {
  const claimsByYear = Array.from({ length: seed % 17 }, (_, year) => ((seed * 31 + year) % 9 === 0 ? 1 : 0))
  const previous = seed % 3 === 0 ? { previousTermAnnualMinor: 20_000 + seed * 100 } : {}
  return { ...facts, class: { ...facts.class, powerKw: seed % 200 }, claimsByYear, ...previous }
}

const [folder = '', order = 'forwards'] = process.argv.slice(2)
const worksheets: string[] = []
for (const [name, policy] of [
  ['motor', motorPolicy],
  ['home', homePolicy],
] as const) {
  const parsed = parseEdition(JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')))
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '))
  const seeds = Array.from({ length: policyCount }, (_, seed) => seed)
  for (const seed of order === 'backwards' ? seeds.reverse() : seeds) {
    const facts = policy(seed)
    const rated = rate(parsed.edition, `${name}-${seed}`, name === 'motor' ? withOwnInputs(facts, seed) : facts)
    worksheets.push(JSON.stringify(rated))
  }
}
console.log(sha256(worksheets.sort().join('\n')))
