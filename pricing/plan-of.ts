// Which plan rates what for whom: every insurer has one plan a product.

import type { Product } from '../store/book/schema.ts'
import { firstInsurerId } from '../store/book/tenant-rows.ts'

/** Plan ids are unique over the installation; the first insurer's are called like their product. */
export function planIdOf(insurerId: string, product: Product): string {
  return insurerId === firstInsurerId ? product : `${product}-${insurerId}`
}
