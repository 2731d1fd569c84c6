// One policy as the insurer sees it: the same premium, trips and devices as its holder.

import { t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Show } from '../parts/notice.tsx'
import { PolicyView } from '../policy/policy-view.tsx'
import { policy } from '../resources.ts'

export function PolicyPage({ policyId }: { readonly policyId: string }) {
  usePageTitle(policyId)
  return (
    <>
      <p class="crumb">
        <a href="/">← {t('book.title')}</a>
      </p>
      <Show from={policy(policyId)} lines={8}>
        {(found) => <PolicyView policy={found} isOwn={false} />}
      </Show>
    </>
  )
}
