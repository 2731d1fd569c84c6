// Where a maker or a tester can go: their own first page, and the contract.

import { t } from '../language.ts'
import { m } from './maker-words.ts'

interface DoorNavigationProps {
  readonly first: 'nav.devices' | 'nav.runs'
  readonly isContract: boolean
}

export function DoorNavigation({ first, isContract }: DoorNavigationProps) {
  return (
    <nav class="door-navigation" aria-label={t('app.navigation')}>
      <a href="/" aria-current={isContract ? undefined : 'page'}>
        {m(first)}
      </a>
      <a href="/contract" aria-current={isContract ? 'page' : undefined}>
        {m('nav.contract')}
      </a>
    </nav>
  )
}
