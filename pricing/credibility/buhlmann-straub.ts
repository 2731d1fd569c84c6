// How much of somebody's own experience to believe: the credibility model of Bühlmann and Straub (1970), with the structure estimated
// from a portfolio. Bühlmann and Gisler (2005), chapter 4. Bühlmann's model is the case in which every weight is 1.

/** One risk (a policy, a class) over its periods: what was observed per unit of weight, and the weights. */
export interface Experience {
  readonly id: string
  readonly ratios: readonly number[]
  /** Exposure behind each ratio; a period of weight 0 is left out. */
  readonly weights: readonly number[]
}

export type StructureMethod = 'unbiased' | 'iterative'

export interface Structure {
  /** The collective premium: what is believed of somebody of whom nothing is known. */
  readonly mean: number
  /** Variance between risks. */
  readonly between: number
  /** Variance within a risk at weight 1, s². */
  readonly within: number
  /** s² / a: at this weight the own experience counts half. Infinite when the risks do not differ. */
  readonly k: number
}

export interface RiskCredibility {
  readonly id: string
  readonly weight: number
  readonly ownMean: number
  readonly credibility: number
  readonly premium: number
}

/** In order of precedence. */
export type CredibilityOutcome =
  | {
      readonly kind: 'estimated'
      readonly structure: Structure
      readonly risks: readonly RiskCredibility[]
      readonly iterations: number
    }
  | {
      readonly kind: 'bad-experience'
      readonly id: string
      readonly period: number
      readonly reason: 'not-finite' | 'negative-weight' | 'uneven'
    }
  /** It takes two risks to see a difference between them. */
  | { readonly kind: 'too-few-risks'; readonly found: number }
  /** And one risk with two periods to see a variance within. */
  | { readonly kind: 'too-few-periods' }
  | { readonly kind: 'not-converged'; readonly iterations: number }

const iterationsMax = 1000
/** Relative change of the variance between at which the iteration stops. */
const tolerance = 1e-13

interface Summed {
  readonly id: string
  readonly weight: number
  readonly mean: number
  readonly periods: number
  readonly squares: number
}

export function estimateCredibility(portfolio: readonly Experience[], method: StructureMethod = 'unbiased'): CredibilityOutcome {
  for (const { id, ratios, weights } of portfolio) {
    if (ratios.length !== weights.length) return { kind: 'bad-experience', id, period: ratios.length, reason: 'uneven' }
    const bad = weights.findIndex(
      (weight, period) => !Number.isFinite(weight) || (weight !== 0 && !Number.isFinite(ratios[period])),
    )
    if (bad !== -1) return { kind: 'bad-experience', id, period: bad + 1, reason: 'not-finite' }
    const negative = weights.findIndex((weight) => weight < 0)
    if (negative !== -1) return { kind: 'bad-experience', id, period: negative + 1, reason: 'negative-weight' }
  }
  const risks = portfolio.map(summed).filter(({ weight }) => weight > 0)
  if (risks.length < 2) return { kind: 'too-few-risks', found: risks.length }
  const freedom = sumOf(risks, ({ periods }) => periods - 1)
  if (freedom === 0) return { kind: 'too-few-periods' }
  const within = sumOf(risks, ({ squares }) => squares) / freedom
  const unbiased = betweenUnbiased(risks, within)
  if (method === 'unbiased' || unbiased <= 0) return described(risks, within, Math.max(0, unbiased), 0)

  let between = unbiased
  for (let iteration = 1; iteration <= iterationsMax; iteration++) {
    const next = betweenOnce(risks, within, between)
    const change = Math.abs(next - between)
    between = next
    if (!(between > 0)) return described(risks, within, 0, iteration)
    if (change <= tolerance * between) return described(risks, within, between, iteration)
  }
  return { kind: 'not-converged', iterations: iterationsMax }
}

function summed({ id, ratios, weights }: Experience): Summed {
  const weight = weights.reduce((sum, value) => sum + value, 0)
  const mean = weights.reduce((sum, value, period) => sum + (value > 0 ? value * (ratios[period] ?? 0) : 0), 0) / weight
  const squares = weights.reduce((sum, value, period) => sum + (value > 0 ? value * ((ratios[period] ?? 0) - mean) ** 2 : 0), 0)
  return { id, weight, mean, periods: weights.filter((value) => value > 0).length, squares }
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0)
}

/** Bühlmann and Gisler (4.27): unbiased, and therefore negative at times. */
function betweenUnbiased(risks: readonly Summed[], within: number): number {
  const total = sumOf(risks, ({ weight }) => weight)
  const mean = sumOf(risks, (risk) => risk.weight * risk.mean) / total
  const squares = sumOf(risks, (risk) => risk.weight * (risk.mean - mean) ** 2)
  return (squares - (risks.length - 1) * within) / (total - sumOf(risks, ({ weight }) => weight ** 2) / total)
}

/** The pseudo-estimator of Bichsel and Straub: a = sum of Z (X - m)² / (n - 1), in which Z and m depend on a. */
function betweenOnce(risks: readonly Summed[], within: number, between: number): number {
  const credibilityOf = ({ weight }: Summed): number => weight / (weight + within / between)
  const mean = meanBy(risks, credibilityOf)
  return sumOf(risks, (risk) => credibilityOf(risk) * (risk.mean - mean) ** 2) / (risks.length - 1)
}

function meanBy(risks: readonly Summed[], of: (risk: Summed) => number): number {
  return sumOf(risks, (risk) => of(risk) * risk.mean) / sumOf(risks, of)
}

function described(risks: readonly Summed[], within: number, between: number, iterations: number): CredibilityOutcome {
  const k = between > 0 ? within / between : Number.POSITIVE_INFINITY
  const credibilityOf = (risk: Summed): number => credibility(risk.weight, k)
  // Where the risks do not differ there is no credibility to weigh with, and the exposure does.
  const mean = between > 0 ? meanBy(risks, credibilityOf) : meanBy(risks, ({ weight }) => weight)
  return {
    kind: 'estimated',
    structure: { mean, between, within, k },
    risks: risks.map((risk) => ({
      id: risk.id,
      weight: risk.weight,
      ownMean: risk.mean,
      credibility: credibilityOf(risk),
      premium: credibilityPremium(mean, risk.mean, credibilityOf(risk)),
    })),
    iterations,
  }
}

/** Z = n / (n + K). @param k above 0, or infinite */
export function credibility(exposure: number, k: number): number {
  return k === Number.POSITIVE_INFINITY ? 0 : exposure / (exposure + k)
}

/** Between the class and the own experience. */
export function credibilityPremium(classMean: number, ownMean: number, z: number): number {
  return classMean + z * (ownMean - classMean)
}
