// What one trip costs: the month with it and without it, to the cent, and which steps that lies in.

import type { TripDetail } from '../../api/shapes.ts'
import type { TripCost as Cost } from '../../api/trip-shapes.ts'
import { formatMoney } from '../../messages/format.ts'
import { type OwnPageKey, sayOwnPage } from '../../messages/own-pages.ts'
import { sayIfKnown } from '../../messages/say.ts'
import { locale } from '../language.ts'
import { tripCost } from '../own-resources.ts'
import { Show } from '../parts/notice.tsx'
import { type Column, Table } from '../parts/table.tsx'

const words = (key: OwnPageKey, values?: Readonly<Record<string, string | number>>): string =>
  sayOwnPage(locale.value, key, values)

export function TripCost({ detail }: { readonly detail: TripDetail }) {
  if (detail.status !== 'ended') return null
  return (
    <section class="single-part trip-cost">
      <h2>{words('cost.title')}</h2>
      {detail.standing === 'counts' ? (
        <Show from={tripCost(detail.id)}>{(cost) => <Counted cost={cost} />}</Show>
      ) : (
        <p class="section-text">{words('cost.not-counted')}</p>
      )}
    </section>
  )
}

function Counted({ cost }: { readonly cost: Cost }) {
  const { currency, withMinor, withoutMinor, parts } = cost
  const money = (minor: number): string => formatMoney(minor, currency, locale.value)
  const difference = withMinor - withoutMinor
  const direction = difference === 0 ? 'still' : difference > 0 ? 'raises' : 'lowers'
  return (
    <>
      <p class="trip-cost-words">
        {words(`cost.${direction}`, {
          with: money(withMinor),
          without: money(withoutMinor),
          amount: money(Math.abs(difference)),
        })}
      </p>
      {parts.length === 0 ? null : (
        <Table caption={words('cost.parts')} columns={columns(currency)} rows={parts} rowKey={({ id }) => id} />
      )}
      <p class="section-text">{words('cost.exact')}</p>
    </>
  )
}

function columns(currency: string): readonly Column<Cost['parts'][number]>[] {
  return [
    { key: 'step', title: words('cost.step'), cell: ({ id }) => titleOf(id) },
    {
      key: 'change',
      title: words('cost.change'),
      isNumber: true,
      cell: ({ changeMinor }) => formatMoney(changeMinor, currency, locale.value, { sign: 'always' }),
    },
  ]
}

function titleOf(id: string): string {
  if (id === 'rounding') return words('cost.part.rounding')
  return sayIfKnown(locale.value, `step.${id}.title`) ?? id
}
