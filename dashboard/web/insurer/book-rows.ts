// The book as an insurer narrows it down, and its sums: pure.

import type { Policy } from '../../api/shapes.ts'

export interface BookFilter {
  readonly text: string
  readonly product: Policy['product'] | 'all'
}

export function filterBook(book: readonly Policy[], { text, product }: BookFilter): readonly Policy[] {
  const wanted = text.trim().toLowerCase()
  return book.filter(
    (policy) =>
      (product === 'all' || policy.product === product) &&
      [policy.id, policy.policyholder.name, ...policy.devices].some((field) => field.toLowerCase().includes(wanted)),
  )
}

export interface BookSum {
  readonly ownMinor: number
  readonly classMinor: number
  readonly currency: string
}

/** One sum for each currency: amounts of different currencies are never added. */
export function sumBook(book: readonly Policy[]): readonly BookSum[] {
  const sums = new Map<string, BookSum>()
  for (const { premium } of book) {
    if (premium === null) continue
    const { currency } = premium
    const sum = sums.get(currency) ?? { ownMinor: 0, classMinor: 0, currency }
    sums.set(currency, {
      currency,
      ownMinor: sum.ownMinor + premium.premiumMinor,
      classMinor: sum.classMinor + premium.classPremiumMinor,
    })
  }
  return [...sums.values()]
}
