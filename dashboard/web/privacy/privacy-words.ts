// The words of the page on privacy, in the page's language.

import { type PrivacyKey, sayPrivacy } from '../../messages/privacy.ts'
import type { MessageValues } from '../../messages/say.ts'
import { locale } from '../language.ts'

export function p(key: PrivacyKey, values: MessageValues = {}): string {
  return sayPrivacy(locale.value, key, values)
}
