// A telemetry store that may be away when edge starts: opened when it answers, asked again until then. Readings wait in the
// journal meanwhile.

import type { Logger } from 'pino'
import { StoreUnavailable, type TelemetryStore } from '../store/telemetry-store.ts'

/** A store that does not answer within this at start is waited for while devices are served already. */
const openMsMax = 3000
/** How often it is asked while no reading asks for it. */
const retryMs = 3000

export interface PatientStore {
  /** The open store; opens it at the first call, and again after a call that failed. */
  open(): Promise<TelemetryStore>
  /** Why it is not open yet; undefined when it is. */
  absence(): string | undefined
  close(): Promise<void>
}

/** @throws what a person has to mend, such as a corrupt file or a wrong password; a store that is away is not that */
export async function openPatiently(openStore: () => Promise<TelemetryStore>, log: Logger): Promise<PatientStore> {
  let opening: Promise<TelemetryStore> | undefined
  let opened: TelemetryStore | undefined
  let absence: string | undefined = 'The telemetry store has not answered yet.'

  const open = (): Promise<TelemetryStore> => {
    opening ??= openStore().then(
      (store) => {
        opened = store
        absence = undefined
        return store
      },
      (error: unknown) => {
        opening = undefined
        absence = `The telemetry store cannot be reached: ${error instanceof Error ? error.message : String(error)}`
        throw error
      },
    )
    return opening
  }

  const late = new Promise<void>((resolve) => setTimeout(resolve, openMsMax).unref())
  await Promise.race([open(), late]).catch((error: unknown) => {
    if (!(error instanceof StoreUnavailable)) throw error
  })
  if (absence !== undefined) log.warn(`${absence} Readings wait in the journal.`)
  const timer = setInterval(() => {
    if (opened === undefined) open().catch(() => undefined)
    else clearInterval(timer)
  }, retryMs)
  timer.unref()

  return {
    open,
    absence: () => absence,
    async close() {
      clearInterval(timer)
      await opened?.close()
    },
  }
}
