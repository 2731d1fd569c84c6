// What a device says about itself: its birth message, its Last Will, and changes in between.

import Type from 'typebox'
import { Compile } from 'typebox/compile'

export const DeviceStateSchema = Type.Object(
  {
    state: Type.Union([Type.Literal('online'), Type.Literal('offline')]),
    /** Counts the device's connections, so that a late will never overtakes a newer birth. */
    session: Type.Integer({ minimum: 0 }),
    firmware: Type.Optional(Type.String({ maxLength: 64 })),
    batteryPercent: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
    configVersion: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { title: 'Device state', additionalProperties: false },
)

export type DeviceState = Type.Static<typeof DeviceStateSchema>

const validator = Compile(DeviceStateSchema)

/** The state a payload carries, or undefined when it is not one. */
export function parseDeviceState(payload: Uint8Array): DeviceState | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    return validator.Check(value) ? value : undefined
  } catch {
    return undefined
  }
}
