// Replays and their reports, fetched when they are opened.

import { call } from '../client.ts'
import type { Replay as ReplayState } from '../client-shapes.ts'
import { asked, askedFor, wholeList } from '../resources.ts'

export type Replay = ReplayState

export const replays = asked(() => wholeList((query) => call('getReplays', { query })))
export const replay = askedFor((id) => call('getReplaysId', { params: { id } }))
export const replayReport = askedFor((id) => call('getReplaysIdReport', { params: { id } }))
