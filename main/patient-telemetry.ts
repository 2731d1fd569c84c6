// A telemetry store for those who only ask: while the real one is away every question fails as unavailable, and the first
// one after it has come back is answered.

import type { PatientStore } from '../ingest/patient-store.ts'
import { StoreUnavailable, type TelemetryStore } from '../store/telemetry-store.ts'

export function patientTelemetry(patient: PatientStore): TelemetryStore {
  const store = async (): Promise<TelemetryStore> => {
    const absence = patient.absence()
    if (absence !== undefined) throw new StoreUnavailable(absence)
    return patient.open()
  }
  return {
    append: async (readings) => (await store()).append(readings),
    async *range(device, fromMs, toMs) {
      yield* (await store()).range(device, fromMs, toMs)
    },
    latest: async (device) => (await store()).latest(device),
    count: async (device) => (await store()).count(device),
    devicesChangedSince: async (cursor) => (await store()).devicesChangedSince(cursor),
    retain: async (retention) => (await store()).retain(retention),
    erase: async (device, beforeMs) => (await store()).erase(device, beforeMs),
    close: () => patient.close(),
  }
}
