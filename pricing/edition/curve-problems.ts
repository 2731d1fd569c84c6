// Curves: points go up in x, and where paying less for more would be wrong the factors may not fall.

import type { Curve } from '../rating/rounding.ts'

export function curveProblems(path: string, curve: Curve, factors: 'any' | 'rising'): readonly string[] {
  return curve.flatMap(([x, factor], index) => {
    const before = curve[index - 1]
    if (before === undefined) return []
    if (x <= before[0]) return [`${path}/${index} is not sorted: ${x} after ${before[0]}`]
    if (factors === 'rising' && factor < before[1])
      return [
        `${path}/${index} falls from ${before[1]} to ${factor}: more must never cost less, so give it at least ${before[1]}`,
      ]
    return []
  })
}
