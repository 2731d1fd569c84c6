// A process that appends until it is killed: prints the second of each reading once its append has resolved, or the
// failure that ended it. Arguments: the store's URL and the first second.

import { writeSync } from 'node:fs'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import { StoreUnavailable } from '../../store/telemetry-store.ts'

const [url = '', first = '0'] = process.argv.slice(2)
const store = await openTelemetryStore(url)
for (let second = Number(first); ; second += 1) {
  try {
    await store.append([{ kind: 'vehicle', device: 'car-1', takenAtMs: second * 1000, values: { Speed: second % 200 } }])
  } catch (error) {
    writeSync(1, `${error instanceof StoreUnavailable ? error.code : String(error)}\n`)
    break
  }
  writeSync(1, `${second}\n`)
}
