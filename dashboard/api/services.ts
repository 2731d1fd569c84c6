// What handlers work with. Made once by the start of the dashboard and handed to every route.

import type { Logger } from 'pino'
import type { Replays } from '../../pricing/dislocation/start-replays.ts'
import type { Book } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import type { Runs } from '../runs/start-runs.ts'
import type { Attempts } from '../sign-in/attempts.ts'
import type { SignIn } from '../sign-in/open-sign-in.ts'
import type { Sessions } from '../sign-in/sessions.ts'
import type { EdgeDesk } from './edge-desk.ts'
import type { Streams } from './follow-device.ts'
import type { LiveHub } from './live-hub.ts'
import type { MapTiles } from './map-tiles.ts'
import type { Metrics } from './metrics.ts'
import type { DemoAccounts, Health, Status } from './shapes.ts'

export interface Services {
  readonly book: Book
  readonly telemetry: TelemetryStore
  readonly sessions: Sessions
  readonly signIn: SignIn
  /** Of passwords. */
  readonly attempts: Attempts
  readonly live: LiveHub
  /** What edge is asked for; it may be away. */
  readonly edge: EdgeDesk
  /** Pages that follow one device each. */
  readonly deviceStreams: Streams
  readonly runs: Runs
  readonly replays: Replays
  readonly metrics: Metrics
  readonly log: Logger
  /** The address people type, where a proxy stands in front; otherwise empty. */
  readonly publicUrl: string
  /** What maps are drawn with; null where none are configured. */
  readonly tiles: MapTiles
  /** Empty unless this is a demo that listens on loopback only. */
  readonly demoAccounts: DemoAccounts['accounts']
  /** Live counts of one insurer, however often they are asked for. */
  status(insurerId: string): Promise<Status>
  health(): Health
  /** The OpenAPI document of the route table. */
  readonly openApi: Readonly<Record<string, unknown>>
  nowMs(): number
}
