// Whether a device is online, in a word with a mark.

import type { DeviceHealth } from '../../api/shapes.ts'
import { t } from '../language.ts'

export function DeviceState({ state }: { readonly state: DeviceHealth['state'] }) {
  return <span class={`device-state device-state-${state}`}>{t(`device.state.${state}`)}</span>
}
