// What the pages of makers and testers fetch.

import type { Connection, DeviceActivities, DeviceDetail, EdgeWhere, QuarantinedRefusal } from '../../api/maker-shapes.ts'
import type { ScenarioList } from '../../api/run-routes.ts'
import type { Run, RunScore } from '../../runs/run-shapes.ts'
import { call } from '../client.ts'
import { askedFor, keyed, resource } from '../resources.ts'

interface PageOf<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/** Of a search; whoever looks for one device types more. */
export const devicesFoundMax = 100

export const edgeWhere = resource<EdgeWhere>('edge')
export const deviceActivity = resource<DeviceActivities>('device-activity')
/** Looked for by id or name among all there are; the first of many. */
export const devicesFound = askedFor((q) => call('getDevices', { query: { q, limit: devicesFoundMax } }))
export const deviceDetail = keyed<DeviceDetail>((id) => `devices/${id}`)
export const deviceConnections = keyed<{ readonly connections: readonly Connection[] }>((id) => `devices/${id}/connections`)
export const openRefusals = keyed<PageOf<QuarantinedRefusal>>((id) => `devices/${id}/refusals?settled=open`)
export const dismissedRefusals = keyed<PageOf<QuarantinedRefusal>>((id) => `devices/${id}/refusals?settled=dismissed`)
export const replayedRefusals = keyed<PageOf<QuarantinedRefusal>>((id) => `devices/${id}/refusals?settled=replayed`)
export const scenarios = resource<ScenarioList>('scenarios')
export const runs = resource<PageOf<Run>>('runs')
export const runScore = keyed<RunScore>((id) => `runs/${id}/score`)
