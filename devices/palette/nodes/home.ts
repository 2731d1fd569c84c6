// A simulated home: people, water, power, and a leak when somebody asks for one. Its main valve does what it is told.

import type { NodeAPI } from 'node-red'
import { liveAtHome } from '../../simulator/home.ts'
import { householdNames, type Mishap } from '../../simulator/household.ts'
import { townCentre } from '../../simulator/town.ts'
import { type PaletteNode, registerButton, registerPaletteType } from '../palette-node.ts'
import { simulate } from '../simulation.ts'
import { behindClosedValve } from '../valve.ts'

/** Unless somebody stops the water. */
const leakMinutes = 180
/** The floor was dry before. */
const leakAfterMs = 60_000

export default function register(red: NodeAPI): void {
  registerPaletteType(red, { type: 'merit-home', begin })
  registerButton(red, 'merit-home', 'leak')
}

function begin(node: PaletteNode): void {
  const device = { id: node.text('device', 'flow-home-1'), kind: 'home' as const }
  const style = node.oneOf('household', householdNames)
  const seed = node.text('seed', '1')
  const mishaps: Mishap[] = []
  let closedAtMs: number | undefined
  const simulation = simulate(
    node,
    device,
    (startMs) =>
      liveAtHome({ seed, device: device.id, style, timeZone: townCentre.timeZone, mishaps }, startMs, Number.POSITIVE_INFINITY),
    (reading) => (closedAtMs === undefined ? reading : behindClosedValve(reading, closedAtMs)),
  )
  node.onInput(({ payload }) => {
    const wish = simulation.hear(payload)
    if (wish === 'done') return
    if (wish === 'close-valve') closedAtMs ??= simulation.reachedMs()
    else if (wish === 'open-valve') closedAtMs = undefined
    else if (wish === 'leak') {
      closedAtMs = undefined
      // A day is planned ahead: with one more mishap in it, it is planned again, and is the same but for that.
      mishaps.push({ kind: 'leak', atMs: simulation.reachedMs() + leakAfterMs, minutes: leakMinutes })
      simulation.start()
    } else throw new Error(node.say('badWish'))
    // What was planned ahead knew nothing of it.
    simulation.planAnew()
  })
  node.onClose(() => simulation.stop())
  if (node.isOn('startsItself', true)) simulation.start()
}
