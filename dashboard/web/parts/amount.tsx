// A large amount of money, its symbol and decimals smaller than its figure; read out as one amount.

import { formatMoney, moneyPieces } from '../../messages/format.ts'
import { locale } from '../language.ts'

export function Amount({ minor, currency }: { readonly minor: number; readonly currency: string }) {
  return (
    <span class="amount">
      <span class="for-screen-readers">{formatMoney(minor, currency, locale.value)}</span>
      <span aria-hidden="true">
        {moneyPieces(minor, currency, locale.value).map(({ kind, text }) => (
          <span key={kind} class={`amount-${kind}`}>
            {text}
          </span>
        ))}
      </span>
    </span>
  )
}
