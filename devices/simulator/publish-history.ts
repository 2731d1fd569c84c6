// Publishes a simulated device's history over MQTT, as fast as it is acknowledged.

import { connectDevice } from '../mqtt-device.ts'
import { type PublishReport, publishReadings, readingsPerBatchMax } from '../publish-readings.ts'
import { onlineMsMax } from '../replay.ts'
import { type HistoryDevice, type HistoryOptions, historyOf } from './history.ts'

export interface PublishHistoryOptions extends HistoryOptions {
  readonly device: HistoryDevice
  readonly secret: string
  readonly mqttUrl: string
  readonly onProgress?: (report: PublishReport) => void
  readonly signal?: AbortSignal
}

/** @throws DeviceError when the address is wrong, no broker answers, or the sign-in is refused */
export async function publishHistory(options: PublishHistoryOptions): Promise<PublishReport> {
  const device = connectDevice({ url: options.mqttUrl, device: options.device, secret: options.secret })
  try {
    await device.online(onlineMsMax)
    return await publishReadings(device, historyOf(options.device, options), {
      limits: { readingsMax: readingsPerBatchMax, spanMsMax: Number.POSITIVE_INFINITY },
      speed: Number.POSITIVE_INFINITY,
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
  } finally {
    await device.close(options.signal?.aborted === true ? 2000 : undefined)
  }
}
