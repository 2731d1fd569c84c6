// Sixty policies of our own invention (drawn once from a Poisson and a gamma distribution) and what R 4.2.2 says about them.
// The commands are beside the figures they gave; `d <- read.csv('small.csv', stringsAsFactors = TRUE)`.

import type { DataTable } from '../../../pricing/fit/data-table.ts'
import type { ModelSpec, Term } from '../../../pricing/fit/model-spec.ts'
import { parseTable } from '../../../pricing/fit/parse-table.ts'

export const smallClaims = `region,fuel,age,exposure,claims,amount
plain,petrol,28,0.5,1,283
coast,diesel,45,1.0,0,0
coast,diesel,36,0.75,1,101
plain,diesel,30,1.0,0,0
coast,petrol,69,1.0,0,0
hill,petrol,43,1.0,0,0
plain,petrol,37,0.75,0,0
hill,petrol,49,1.0,1,50
hill,petrol,64,0.5,0,0
plain,petrol,46,1.0,1,264
plain,diesel,26,0.75,1,653
coast,petrol,34,1.0,0,0
coast,petrol,37,1.0,0,0
plain,diesel,43,0.5,0,0
hill,diesel,32,0.25,0,0
coast,petrol,47,0.5,1,1273
hill,petrol,68,1.0,0,0
coast,petrol,39,0.75,0,0
hill,petrol,56,0.5,0,0
hill,diesel,24,1.0,1,178
coast,petrol,30,0.75,1,635
coast,diesel,30,1.0,0,0
coast,diesel,35,0.5,0,0
plain,diesel,75,1.0,0,0
hill,diesel,80,1.0,0,0
hill,petrol,53,1.0,0,0
plain,petrol,28,1.0,0,0
coast,petrol,40,1.0,0,0
hill,petrol,41,0.75,0,0
plain,petrol,57,1.0,1,367
plain,diesel,64,0.5,1,256
plain,petrol,62,0.25,0,0
plain,diesel,80,1.0,0,0
plain,petrol,28,0.25,0,0
coast,diesel,49,1.0,1,693
plain,petrol,60,1.0,1,384
coast,petrol,25,1.0,0,0
hill,diesel,42,0.5,1,1117
plain,petrol,76,1.0,0,0
hill,petrol,60,0.75,1,864
hill,diesel,21,1.0,0,0
plain,petrol,24,0.25,0,0
coast,petrol,66,0.5,1,423
hill,petrol,37,0.5,1,431
plain,diesel,71,1.0,2,2030
coast,petrol,71,1.0,1,437
coast,diesel,20,0.25,0,0
hill,petrol,66,1.0,0,0
coast,diesel,31,0.25,0,0
coast,petrol,68,0.5,0,0
coast,petrol,78,0.75,2,221
coast,petrol,60,1.0,2,1964
hill,diesel,38,0.5,0,0
hill,diesel,71,0.25,1,1194
hill,petrol,50,0.25,1,491
coast,diesel,38,0.75,0,0
plain,diesel,21,0.5,0,0
hill,petrol,29,1.0,0,0
coast,petrol,64,1.0,3,1400
coast,diesel,48,1.0,1,1670
`

export function smallTable(text: string = smallClaims): DataTable {
  const parsed = parseTable(new TextEncoder().encode(text))
  if (parsed.kind !== 'table') throw new Error(JSON.stringify(parsed.problem))
  return parsed.table
}

export const region: Term = { kind: 'levels', column: 'region', reference: 'coast' }
export const fuel: Term = { kind: 'levels', column: 'fuel', reference: 'diesel' }
export const age: Term = { kind: 'number', column: 'age' }

export function claimCounts(terms: Term[]): ModelSpec {
  return {
    schema: 'model/1',
    name: 'claims',
    family: { kind: 'poisson' },
    response: { column: 'claims' },
    logOffset: 'exposure',
    terms,
  }
}

export const severity: ModelSpec = {
  schema: 'model/1',
  name: 'mean claim',
  family: { kind: 'gamma' },
  response: { column: 'amount', per: 'claims' },
  weight: 'claims',
  keep: { column: 'claims', above: 0 },
  terms: [region, fuel],
}

export const purePremium: ModelSpec = {
  schema: 'model/1',
  name: 'pure premium',
  family: { kind: 'tweedie', power: 1.5 },
  response: { column: 'amount', per: 'exposure' },
  weight: 'exposure',
  terms: [region, fuel],
}
