// What the account page shows, fetched once and kept.

import type { Account, ListedSession } from '../../api/sign-in-shapes.ts'
import { resource } from '../resources.ts'

export const account = resource<Account>('account')
export const sessions = resource<ListedSession[]>('account/sessions')
