// Claims drawn from a known additive truth, for the tests of the additive model: a number with a steep start, levels, a pair that
// has an effect only together, and a number without any.

import { seededRandom } from '../../../pricing/additive/seeded-random.ts'
import { type Column, categorical, type DataTable, numeric } from '../../../pricing/fit/data-table.ts'

export const fuels = ['diesel', 'electric', 'petrol']

export function trueFrequency(age: number, fuel: string, vehicleAge: number): number {
  const young = age < 25 ? 2.2 : age < 40 ? 1.2 : 1
  const ofFuel = fuel === 'electric' ? 0.8 : fuel === 'diesel' ? 1.1 : 1
  const newAndElectric = fuel === 'electric' && vehicleAge < 5 ? 2 : 1
  return 0.15 * young * ofFuel * newAndElectric
}

/** Young drivers of old cars, and old drivers of young ones, have twice the claims where the fuel is petrol, and half of them elsewhere. */
export function frequencyByFuel(age: number, fuel: string, vehicleAge: number): number {
  return 0.2 * ((age < 45 === vehicleAge > 7) === (fuel === fuels[0]) ? 2 : 0.5)
}

export function claimsTable(rows: number, seed: number, frequency = trueFrequency): DataTable {
  const random = seededRandom(seed)
  const age = new Float64Array(rows)
  const vehicleAge = new Float64Array(rows)
  const noise = new Float64Array(rows)
  const years = new Float64Array(rows)
  const claims = new Float64Array(rows)
  const fuel: string[] = []
  for (let row = 0; row < rows; row++) {
    age[row] = 18 + Math.floor(random() * 60)
    vehicleAge[row] = Math.floor(random() * 15)
    noise[row] = Math.floor(random() * 8)
    years[row] = 0.25 + Math.floor(random() * 4) / 4
    fuel.push(fuels[Math.floor(random() * fuels.length)] ?? '')
    claims[row] = poisson(random, frequency(age[row] ?? 0, fuel[row] ?? '', vehicleAge[row] ?? 0) * (years[row] ?? 0))
  }
  const columns = new Map<string, Column>([
    ['Age', numeric(age)],
    ['Vehicle age', numeric(vehicleAge)],
    ['Noise', numeric(noise)],
    ['Fuel', categorical(fuel)],
    ['Years', numeric(years)],
    ['Claims', numeric(claims)],
  ])
  return { rows, columns }
}

/** By inversion; the means here are small. */
function poisson(random: () => number, mean: number): number {
  const target = Math.exp(mean) * random()
  let [count, term, sum] = [0, 1, 1]
  while (sum < target && count < 100) {
    count += 1
    term *= mean / count
    sum += term
  }
  return count
}
