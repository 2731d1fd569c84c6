// Says what the doors of makers and testers say, in the page's language.

import { type MakerKey, sayMaker, sayMakerIfKnown } from '../../messages/maker.ts'
import type { MessageValues } from '../../messages/say.ts'
import { locale } from '../language.ts'

export function m(key: MakerKey, values: MessageValues = {}): string {
  return sayMaker(locale.value, key, values)
}

/** Of a code; the code itself where a later version has more of them. */
export function mOf(prefix: string, code: string): string {
  return sayMakerIfKnown(locale.value, prefix, code)
}
