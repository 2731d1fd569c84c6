// Says what the account pages say, in the page's language.

import { type AccountKey, sayAccount } from '../../messages/account.ts'
import type { MessageValues } from '../../messages/say.ts'
import { locale } from '../language.ts'

export function a(key: AccountKey, values: MessageValues = {}): string {
  return sayAccount(locale.value, key, values)
}
