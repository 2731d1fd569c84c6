// The policyholder's first screen: which policy, then what it costs and why, what is still to win, the trips or the days,
// and the devices, in this order.

import type { Policy } from '../../api/shapes.ts'
import { t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Empty, Failed, Show } from '../parts/notice.tsx'
import { PolicyView } from '../policy/policy-view.tsx'
import { policies } from '../resources.ts'
import { pathOf } from '../routes.ts'

/** The car first: it is what moves the premium from day to day. */
const productOrder: readonly Policy['product'][] = ['motor', 'home']

export function PolicyholderPage({ policyId }: { readonly policyId: string | undefined }) {
  usePageTitle(t('premium.title'))
  return (
    <Show from={policies} lines={6}>
      {(found) => {
        const all = found.toSorted((one, other) => productOrder.indexOf(one.product) - productOrder.indexOf(other.product))
        if (all.length === 0) return <Empty title={t('policy.none.title')} text={t('policy.none.text')} />
        const chosen = policyId === undefined ? all[0] : all.find((policy) => policy.id === policyId)
        if (chosen === undefined) return <Failed failure={{ kind: 'not-found' }} retry={() => void policies.refresh()} />
        return (
          <>
            {all.length > 1 ? <PolicyTabs all={all} chosen={chosen} /> : null}
            <PolicyView key={chosen.id} policy={chosen} isOwn />
          </>
        )
      }}
    </Show>
  )
}

function PolicyTabs({ all, chosen }: { readonly all: readonly Policy[]; readonly chosen: Policy }) {
  const products = new Set(all.map(({ product }) => product))
  return (
    <nav class="tabs" aria-label={t('policy.tabs')}>
      {all.map((policy) => (
        <a
          key={policy.id}
          class="tab"
          href={pathOf({ kind: 'policy', policyId: policy.id })}
          aria-current={policy.id === chosen.id ? 'page' : undefined}
        >
          {t(`product.${policy.product}`)}
          {products.size < all.length ? <span class="tab-id">{policy.id}</span> : null}
        </a>
      ))}
    </nav>
  )
}
