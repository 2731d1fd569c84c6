// Claims a device: registers it at Merit, or gives it a new secret, which telemetry out and nudge then sign in with.

import type { NodeAPI } from 'node-red'
import { isDeviceId } from '../../contract/reading.ts'
import { claimDevice } from '../merit-api.ts'
import { type PaletteNode, registerPaletteType } from '../palette-node.ts'
import { keepClaimed, placeOf } from '../places.ts'

export default function register(red: NodeAPI): void {
  registerPaletteType(red, { type: 'merit-claim', begin })
}

function begin(node: PaletteNode): void {
  const place = placeOf(node.text('place', ''), node.say('noPlace'))
  const own = node.text('device', '')
  node.onInput(async (message) => {
    const id = own === '' && typeof message.topic === 'string' ? message.topic : own
    if (!isDeviceId(id)) throw new Error(node.say('badDevice'))
    const kind = node.oneOf('kind', ['vehicle', 'home'])
    const label = node.text('label', id)
    node.show('blue', node.say('claiming', { device: id }))
    const claimed = await claimDevice(place, { id, kind, label })
    keepClaimed(place, id, claimed.secret)
    node.show('green', node.say('claimed', { device: id }))
    // The secret stays out of the message: whoever looks at the debug window does not need it.
    node.send({ topic: id, payload: { device: id, kind } })
  })
}
