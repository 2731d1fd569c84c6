// Privacy of one policy at a time: what is collected and why, who saw it, taking it along, pausing it, and having it erased.

import type { Policy } from '../../api/shapes.ts'
import { call } from '../client.ts'
import { t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Empty, Failed, Show } from '../parts/notice.tsx'
import { askedFor, policies } from '../resources.ts'
import { pathOf } from '../routes.ts'
import { CollectedSection } from './collected-section.tsx'
import { EraseSection } from './erase-section.tsx'
import { ExportSection } from './export-section.tsx'
import { PauseSection } from './pause-section.tsx'
import { p } from './privacy-words.ts'
import { SeenSection } from './seen-section.tsx'
import '../style/privacy.css'

const privacyOf = askedFor((id) => call('getPoliciesIdPrivacy', { params: { id } }))

export function PrivacyPage({ policyId }: { readonly policyId: string | undefined }) {
  usePageTitle(p('title'))
  return (
    <>
      <h1>{p('title')}</h1>
      <p class="lead">{p('lead')}</p>
      <Show from={policies} lines={6}>
        {(found) => {
          const all = found.toSorted((one, other) => other.product.localeCompare(one.product))
          const chosen = policyId === undefined ? all[0] : all.find(({ id }) => id === policyId)
          if (all.length === 0) return <Empty title={p('title')} text={p('none')} />
          if (chosen === undefined) return <Failed failure={{ kind: 'not-found' }} retry={() => void policies.refresh()} />
          return (
            <>
              {all.length > 1 ? <Tabs all={all} chosen={chosen} /> : null}
              <OfPolicy key={chosen.id} policyId={chosen.id} />
            </>
          )
        }}
      </Show>
    </>
  )
}

function Tabs({ all, chosen }: { readonly all: readonly Policy[]; readonly chosen: Policy }) {
  return (
    <nav class="tabs privacy-tabs" aria-label={p('policies')}>
      {all.map(({ id, product }) => (
        <a
          key={id}
          class="tab"
          href={pathOf({ kind: 'privacy', policyId: id })}
          aria-current={id === chosen.id ? 'page' : undefined}
        >
          {t(`product.${product}`)}
          <span class="tab-id">{id}</span>
        </a>
      ))}
    </nav>
  )
}

function OfPolicy({ policyId }: { readonly policyId: string }) {
  const resource = privacyOf(policyId)
  return (
    <>
      <aside class="notice privacy-promise">
        <p class="notice-title">{p('sold')}</p>
        <p class="notice-text">{p('sold.text')}</p>
      </aside>
      <Show from={resource} lines={10}>
        {(privacy) => (
          <>
            <CollectedSection privacy={privacy} />
            <SeenSection policyId={policyId} timeZone={privacy.timeZone} />
            <ExportSection policyId={policyId} />
            <PauseSection policyId={policyId} privacy={privacy} onChanged={resource.refresh} />
            <EraseSection policyId={policyId} privacy={privacy} onChanged={resource.refresh} />
          </>
        )}
      </Show>
    </>
  )
}
