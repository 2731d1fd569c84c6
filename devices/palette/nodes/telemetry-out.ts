// Publishes readings as a device, and hands on Merit's receipt for each batch.

import type { NodeAPI } from 'node-red'
import { batchBytes } from '../batch-bytes.ts'
import { type PaletteNode, registerPaletteType } from '../palette-node.ts'
import { deviceOf } from '../places.ts'

export default function register(red: NodeAPI): void {
  registerPaletteType(red, { type: 'merit-telemetry-out', begin })
}

function begin(node: PaletteNode): void {
  const device = deviceOf(node.text('merit', ''), node.say('noDevice'))
  let seq = 0
  let acknowledged = 0
  node.show('grey', node.say('waiting'))
  const unwatch = device.watch((event) => {
    if (event.kind === 'online') node.show('green', node.say('online', { acknowledged }))
    else if (event.kind === 'offline') node.show('yellow', node.say('offline'))
    else if (event.kind === 'refused') node.fail(new Error(node.say('refused')))
    else if (event.kind === 'receipt') node.send({ topic: device.id, payload: event.payload })
  })
  node.onInput(async ({ payload, connection }) => {
    if (typeof connection === 'string') {
      node.show('red', node.say('disturbed', { what: connection }))
      await device.disturb(connection)
      return
    }
    seq += 1
    await device.publish(batchBytes(device.kind, seq, Date.now(), payload))
    acknowledged += 1
    node.show('green', node.say('online', { acknowledged }))
  })
  node.onClose(unwatch)
}
