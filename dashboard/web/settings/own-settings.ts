// What the policyholder has set, as far as every page follows it: the units of all figures, and the page that opens first. The server
// keeps it; the browser remembers it, so that the first figures are not drawn twice.

import { effect, signal } from '@preact/signals'
import type { Settings } from '../../inbox/settings.ts'
import { metric, type ShownUnits, showIn } from '../../messages/shown-units.ts'
import { call } from '../client.ts'
import { recall, remember } from '../memory.ts'
import type { User } from '../session.ts'

/** As one word: a page that was drawn in other units is drawn anew. */
export const units = signal('')

effect(() => {
  showIn(unitsIn(units.value))
})

/** Everybody but a policyholder reads what was measured as it was measured. */
export function followSettings(role: User['role']): void {
  if (role !== 'policyholder') units.value = ''
  else {
    units.value = recall('units') ?? ''
    void askSettings()
  }
}

/** Undefined when the server could not be asked. */
export async function askSettings(): Promise<Settings | undefined> {
  const outcome = await call('getSettings')
  if (outcome.kind === 'failure') return undefined
  takeSettings(outcome.value)
  return outcome.value
}

export function takeSettings(settings: Settings): void {
  units.value = `${settings.units} ${settings.degrees}`
  remember('units', units.value)
  remember('opening', settings.opening)
}

function unitsIn(text: string): ShownUnits {
  return { distance: text.includes('mi') ? 'mi' : metric.distance, degrees: text.endsWith('f') ? 'f' : metric.degrees }
}
