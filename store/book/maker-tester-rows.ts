// Rows of what makers and testers look after: connections of devices and simulated fleets. A JSON column is parsed by its owner.

export interface DeviceConnectionRow {
  id: string
  device_id: string
  outcome: 'open' | 'ended' | 'refused'
  started_at_ms: number
  ended_at_ms: number | null
  /** Null while it is open. */
  reason: string | null
  /** As the device counts its connections; null until it has said so. */
  session: number | null
  has_will: 0 | 1
  address: string
  transport: 'tcp' | 'websocket'
}

export type RunStatus = 'starting' | 'running' | 'paused' | 'stopping' | 'stopped' | 'failed' | 'removing' | 'removed'

/** A simulated fleet that somebody started from the page. */
export interface RunRow {
  id: string
  insurer_id: string
  started_by: string
  status: RunStatus
  /** Why it stopped, where nobody asked for it. */
  reason: string | null
  options: string
  progress: string | null
  truth: string | null
  /** Of a scenario, when it has ended. */
  report: string | null
  created_at_ms: number
  ended_at_ms: number | null
  /** Its devices and their data go then, unless that is taken back. */
  remove_at_ms: number | null
}
