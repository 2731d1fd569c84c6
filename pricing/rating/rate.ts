// Rating: an edition and facts in, the worksheet out. The same two give the same cents on any machine, for ever.

import { contentHash } from '../canonical-json.ts'
import type { Edition } from '../edition/edition-document.ts'
import type { Worksheet } from '../worksheet.ts'
import { type CompiledEdition, compileEdition } from './compile.ts'
import type { Facts } from './facts.ts'

/** @throws UnknownLevel; and an Error when edition and facts are for different products */
export function rate(edition: Edition, policyId: string, facts: Facts): Worksheet {
  const { premiumMinor, classPremiumMinor, steps } = compiledOnce(edition).rate(facts)
  return {
    policyId,
    product: edition.product,
    planId: edition.planId,
    editionHash: edition.hash,
    factsHash: contentHash(facts),
    currency: edition.currency,
    period: 'month',
    premiumMinor,
    classPremiumMinor,
    steps,
  }
}

/** The premium alone, minor units a month: for counterfactuals, which need no worksheet. */
export function ratePremium(edition: Edition, facts: Facts): number {
  return compiledOnce(edition).price(facts).premiumMinor
}

/** An edition is compiled when it is first rated with and kept as long as it is. */
const compiledEditions = new WeakMap<Edition, CompiledEdition>()

function compiledOnce(edition: Edition): CompiledEdition {
  const known = compiledEditions.get(edition)
  if (known !== undefined) return known
  const compiled = compileEdition(edition)
  compiledEditions.set(edition, compiled)
  return compiled
}
