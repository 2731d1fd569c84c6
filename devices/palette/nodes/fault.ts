// A switch for one fault of the vehicles and homes behind it, and the list of faults that the editor offers.

import type { NodeAPI } from 'node-red'
import { faultNamed, faults, isFaultName } from '../../faults/fault-list.ts'
import { problemOf } from '../../faults/fault-switch.ts'
import { type PaletteNode, registerButton, registerPaletteType } from '../palette-node.ts'

/** Nodes behind this one are deployed by then. */
const tellAfterMs = 500

export default function register(red: NodeAPI): void {
  registerPaletteType(red, { type: 'merit-fault', begin })
  registerButton(red, 'merit-fault', 'toggle')
  red.httpAdmin.get('/merit/faults', red.auth.needsPermission('flows.read'), (_request, response) => {
    response.json(faults)
  })
}

function begin(node: PaletteNode): void {
  const fault = node.text('fault', '')
  if (!isFaultName(fault)) throw new Error(node.say('badFault'))
  const { title, intensity: range } = faultNamed(fault)
  const language = node.language()
  const intensity = node.number('intensity', range.usual)
  if (problemOf({ fault, intensity }) !== undefined)
    throw new Error(node.say('badIntensity', { min: range.min, max: range.max, of: range.of[language] }))
  let isOn = node.isOn('isOn', true)
  const tell = (): void => {
    node.show(isOn ? 'red' : 'grey', node.say(isOn ? 'on' : 'off', { fault: title[language] }))
    node.send({ payload: { faults: [{ by: node.id, fault, intensity, isOn }] } })
  }
  node.onInput(({ payload }) => {
    if (payload !== 'on' && payload !== 'off' && payload !== 'toggle') throw new Error(node.say('badWish'))
    isOn = payload === 'toggle' ? !isOn : payload === 'on'
    tell()
  })
  const first = setTimeout(tell, tellAfterMs)
  node.onClose(() => clearTimeout(first))
}
