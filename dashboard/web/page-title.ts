// Names the page in the browser's title.

import { useEffect } from 'preact/hooks'
import { t } from './language.ts'

export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title])
}
