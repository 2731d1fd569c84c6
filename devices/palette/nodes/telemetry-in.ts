// What any device of the place publishes, as Merit received it, with its receipt.

import type { NodeAPI } from 'node-red'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { followFor } from '../following.ts'
import { type PaletteNode, registerPaletteType } from '../palette-node.ts'
import { placeOf } from '../places.ts'

const MessagesSchema = Type.Object({ messages: Type.Array(Type.Record(Type.String(), Type.Unknown())) })
const messages = Compile(MessagesSchema)

export default function register(red: NodeAPI): void {
  registerPaletteType(red, { type: 'merit-telemetry-in', begin })
}

function begin(node: PaletteNode): void {
  const place = placeOf(node.text('place', ''), node.say('noPlace'))
  const device = node.text('device', '')
  if (device === '') throw new Error(node.say('noDevice'))
  followFor(node, place, `/api/v1/devices/${encodeURIComponent(device)}/live`, (event, data) => {
    if (event !== 'messages' || !messages.Check(data)) return
    for (const message of data.messages) node.send({ topic: device, payload: message })
  })
}
