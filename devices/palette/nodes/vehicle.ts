// A simulated vehicle that drives one trip after the other and says what it measures.

import type { NodeAPI } from 'node-red'
import { driverNames } from '../../simulator/drive.ts'
import { equipmentNames } from '../../simulator/vehicle/equipment.ts'
import { driveOn } from '../../simulator/vehicle.ts'
import { type PaletteNode, registerButton, registerPaletteType } from '../palette-node.ts'
import { simulate } from '../simulation.ts'

export default function register(red: NodeAPI): void {
  registerPaletteType(red, { type: 'merit-vehicle', begin })
  registerButton(red, 'merit-vehicle', 'start')
}

/** Somebody who looks wants to see it drive. */
const firstTripAfterS = 5

function begin(node: PaletteNode): void {
  const device = { id: node.text('device', 'flow-vehicle-1'), kind: 'vehicle' as const }
  const style = node.oneOf('driver', driverNames)
  const equipment = node.oneOf('equipment', equipmentNames)
  const seed = node.text('seed', '1')
  const simulation = simulate(node, device, (startMs) =>
    driveOn({ seed, device: device.id, style, equipment, startMs, firstTripAfterS }),
  )
  node.onInput(({ payload }) => {
    if (simulation.hear(payload) !== 'done') throw new Error(node.say('badWish'))
  })
  node.onClose(() => simulation.stop())
  if (node.isOn('startsItself', true)) simulation.start()
}
