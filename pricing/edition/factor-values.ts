// Every number that a class factor may multiply a premium by.

import type { ClassFactor } from './edition-document.ts'

export function factorValues(factor: ClassFactor): readonly number[] {
  switch (factor.kind) {
    case 'levels':
      return Object.values(factor.levels)
    case 'bands':
      return factor.bands.map((band) => band.factor)
    case 'curve':
      return factor.curve.map(([, value]) => value)
    case 'pair':
      return factor.factors.flat()
  }
}
