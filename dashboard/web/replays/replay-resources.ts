// Replays and their reports, fetched when they are opened.

import type Type from 'typebox'
import type { DislocationReport } from '../../../pricing/dislocation/report-form.ts'
import type { ReplaySchema } from '../../api/replay-shapes.ts'
import { keyed, resource } from '../resources.ts'

export type Replay = Type.Static<typeof ReplaySchema>

export const replays = resource<readonly Replay[]>('replays')
export const replay = keyed<Replay>((id) => `replays/${id}`)
export const replayReport = keyed<DislocationReport>((id) => `replays/${id}/report`)
