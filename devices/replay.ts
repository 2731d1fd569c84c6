// Publishes a recording over MQTT as a device, with the times it was placed at: one reading per row, nothing added.

import type { MqttDevice } from './mqtt-device.ts'
import { connectDevice, type DeviceEvent } from './mqtt-device.ts'
import { type PublishReport, publishReadings, readingsPerBatchMax } from './publish-readings.ts'
import { type Recording, readingsOf } from './recording/recording.ts'

/** A broker that is starting needs a few seconds; a wrong address should not take a minute to notice. */
export const onlineMsMax = 15_000
/** Paced replay shows a drive as it would arrive live. */
const batchSpanMs = 10_000

export interface ReplayOptions {
  readonly recording: Recording
  readonly deviceId: string
  readonly secret: string
  readonly mqttUrl: string
  /** Where `t_s` = 0 goes, epoch milliseconds. */
  readonly startMs: number
  /** 1 is real time, 60 a minute per second, Infinity as fast as acknowledged. */
  readonly speed: number
  /** At most 500, which is also the default; at a finite speed a batch also ends after ten seconds of recording. */
  readonly readingsPerBatch?: number
  readonly onProgress?: (report: PublishReport) => void
  readonly onEvent?: (event: DeviceEvent) => void
  readonly signal?: AbortSignal
}

export interface ReplayReport extends PublishReport {
  /** True when the signal ended it before the last row. */
  readonly stopped: boolean
}

/** @throws DeviceError when the address is wrong, no broker answers, or the sign-in is refused */
export async function replayRecording(options: ReplayOptions): Promise<ReplayReport> {
  const device = connectDevice({
    url: options.mqttUrl,
    device: { id: options.deviceId, kind: options.recording.kind },
    secret: options.secret,
    ...(options.onEvent === undefined ? {} : { onEvent: options.onEvent }),
  })
  try {
    await device.online(onlineMsMax)
    return await publishRecording(device, options)
  } finally {
    await device.close(options.signal?.aborted === true ? 2000 : undefined)
  }
}

async function publishRecording(device: MqttDevice, options: ReplayOptions): Promise<ReplayReport> {
  const report = await publishReadings(device, readingsOf(options.recording, options.deviceId, options.startMs), {
    limits: {
      readingsMax: Math.max(1, Math.min(readingsPerBatchMax, options.readingsPerBatch ?? readingsPerBatchMax)),
      spanMsMax: Number.isFinite(options.speed) ? batchSpanMs : Number.POSITIVE_INFINITY,
    },
    speed: options.speed,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  return { ...report, stopped: report.readings < options.recording.rows.length }
}
