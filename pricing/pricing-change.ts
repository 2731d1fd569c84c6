// What pricing tells those who listen, once it is in the book.

export interface PositionNow {
  readonly tMs: number
  readonly speedKph: number | null
  readonly latitude: number | null
  readonly longitude: number | null
}

/** `policyId` is undefined for a device that nobody has insured. */
export type PricingChange =
  | {
      readonly kind: 'trip'
      readonly deviceId: string
      readonly policyId: string | undefined
      readonly tripId: string
      /** The newest reading, while the trip is open. */
      readonly at: PositionNow | null
    }
  | { readonly kind: 'premium'; readonly policyId: string; readonly premiumMinor: number; readonly currency: string }
  | { readonly kind: 'home-day'; readonly deviceId: string; readonly policyId: string | undefined; readonly day: string }

export type PricingListener = (change: PricingChange) => void
