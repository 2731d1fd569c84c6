// Says what the insurer's workbench says, in the page's language.

import type { MessageValues } from '../../messages/say.ts'
import { sayWorkbench, type WorkbenchKey } from '../../messages/workbench.ts'
import { locale } from '../language.ts'

export function w(key: WorkbenchKey, values: MessageValues = {}): string {
  return sayWorkbench(locale.value, key, values)
}
