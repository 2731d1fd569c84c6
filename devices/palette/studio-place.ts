// What Merit's own studio tells the palette through Node-RED's settings: where its Merit is and the key to it. In anybody else's
// Node-RED there is nothing of the kind.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { MeritPlace } from './merit-api.ts'

/** The field of Node-RED's settings. */
export const studioSetting = 'meritStudio'

const StudioSchema = Type.Object({ apiUrl: Type.String(), mqttUrl: Type.String(), apiKey: Type.String() })
const studio = Compile(StudioSchema)

export function studioPlaceOf(settings: object): MeritPlace | undefined {
  // Node-RED guards its settings with getters that may throw for a field it does not know.
  const value: unknown = studioSetting in settings ? Reflect.get(settings, studioSetting) : undefined
  return studio.Check(value) ? value : undefined
}
