// The page that the policyholder wants to see first when they come to Merit. Only when they come: a later way to the first screen
// leads to the first screen.

import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { recall } from '../memory.ts'
import { Skeleton } from '../parts/notice.tsx'
import { policies } from '../resources.ts'
import { redirect } from '../router.ts'
import { pathOf } from '../routes.ts'
import { askSettings } from './own-settings.ts'

/** Until it is known where to. */
export const isOpening = signal(location.pathname === '/')

export function Opening() {
  useEffect(() => {
    void open()
  }, [])
  return <Skeleton lines={6} />
}

async function open(): Promise<void> {
  const page = recall('opening') ?? (await askSettings())?.opening
  if (page === 'messages') redirect('/messages')
  if (page === 'trips' || page === 'what-if') await openOfPolicy(page)
  isOpening.value = false
}

async function openOfPolicy(page: 'trips' | 'what-if'): Promise<void> {
  if (policies.state.peek().kind !== 'ready') await policies.refresh()
  const state = policies.state.peek()
  const all = state.kind === 'ready' ? state.value : []
  const car = all.find(({ product }) => product === 'motor')
  // A home has days on the first screen and no page of trips.
  const policyId = page === 'trips' ? car?.id : (car ?? all[0])?.id
  if (policyId !== undefined) redirect(pathOf({ kind: page, policyId }))
}
