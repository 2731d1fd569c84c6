// What is collected, kind by kind, and how much of it is held now.

import type { Privacy } from '../../api/privacy-routes.ts'
import { formatNumber } from '../../messages/format.ts'
import { locale } from '../language.ts'
import { Facts } from '../parts/facts.tsx'
import { Section } from '../parts/section.tsx'
import { Table } from '../parts/table.tsx'
import { type DataKind, dataKinds } from './data-kinds.ts'
import { p } from './privacy-words.ts'

export function CollectedSection({ privacy: { product, held } }: { readonly privacy: Privacy }) {
  const number = (value: number): string => formatNumber(value, locale.value)
  return (
    <>
      <Section title={p('held')}>
        <Facts
          facts={[
            { term: p('held.readings'), value: number(held.readings) },
            product === 'motor'
              ? { term: p('held.trips'), value: number(held.trips) }
              : { term: p('held.days'), value: number(held.homeDays) },
            { term: p('held.premiums'), value: number(held.premiums) },
            { term: p('held.disputes'), value: number(held.disputes) },
          ]}
        />
      </Section>
      <Section title={p('collected')} note={p('collected.note')}>
        <div class="privacy-kinds">
          <Table
            caption={p('collected.table')}
            isStacked
            rowKey={({ name }: DataKind) => name}
            rows={dataKinds(product)}
            columns={[
              { key: 'what', title: p('column.what'), cell: ({ name }) => p(`group.${name}`) },
              { key: 'why', title: p('column.why'), cell: ({ name }) => p(`group.${name}.why`) },
              { key: 'price', title: p('column.price'), cell: ({ price }) => p(`price.${price}`) },
              { key: 'who', title: p('column.who'), cell: ({ who }) => p(`who.${who}`) },
              { key: 'kept', title: p('column.kept'), cell: ({ kept }) => p(`kept.${kept}`) },
            ]}
          />
        </div>
      </Section>
    </>
  )
}
