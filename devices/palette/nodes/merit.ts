// The configuration nodes: a Merit, and a device at it. Everything else of the palette names one of the two.

import type { NodeAPI } from 'node-red'
import { type PaletteNode, registerPaletteType } from '../palette-node.ts'
import { addDevice, addPlace, placeOf, removeDevice, removePlace } from '../places.ts'
import { studioPlaceOf } from '../studio-place.ts'

export default function register(red: NodeAPI): void {
  registerPaletteType(red, { type: 'merit-place', secrets: ['apiKey'], begin: (node) => beginPlace(red, node) })
  registerPaletteType(red, { type: 'merit-device', secrets: ['secret'], begin: beginDevice })
}

/** Empty fields mean the Merit that this studio belongs to. */
function beginPlace(red: NodeAPI, node: PaletteNode): void {
  const studio = studioPlaceOf(red.settings)
  addPlace(node.id, {
    apiUrl: node.text('apiUrl', studio?.apiUrl ?? 'http://127.0.0.1:3000').replace(/\/+$/, ''),
    mqttUrl: node.text('mqttUrl', studio?.mqttUrl ?? 'mqtt://127.0.0.1:1883'),
    apiKey: node.secret('apiKey') === '' ? (studio?.apiKey ?? '') : node.secret('apiKey'),
  })
  node.onClose(() => removePlace(node.id))
}

function beginDevice(node: PaletteNode): void {
  addDevice(node.id, {
    place: placeOf(node.text('place', ''), node.say('noPlace')),
    id: node.text('device', ''),
    kind: node.oneOf('kind', ['vehicle', 'home']),
    secret: node.secret('secret'),
  })
  node.onClose(() => removeDevice(node.id))
}
