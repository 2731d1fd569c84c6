// Somebody else's MQTT client: the README's `mosquitto_pub` line, word for word but for the address, against a real edge.

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Edge } from '../../main/edge.ts'
import { findService, howToGet } from '../services.ts'
import { root } from '../source-tree.ts'
import { type EdgePlace, makeEdgePlace, startEdgeHere, until } from './edge-rig.ts'

const program = findService('mosquitto_pub')
const run = promisify(execFile)

describe.skipIf(program === undefined)(`mosquitto_pub (${howToGet('mosquitto_pub')})`, () => {
  let place: EdgePlace
  let edge: Edge
  let secret: string

  beforeAll(async () => {
    place = await makeEdgePlace()
    secret = await place.register('my-car')
    edge = await startEdgeHere(place)
  })

  afterAll(async () => {
    await edge.close()
    place.remove()
  })

  function publish(givenSecret: string, extra: readonly string[] = []): Promise<unknown> {
    const port = String(place.configuration.mqttPort)
    const words = readmeCommand().map((word) => ({ '1883': port, SECRET: givenSecret })[word] ?? word)
    return run(program ?? '', [...words, ...extra], { timeout: 10_000 })
  }

  test('the README’s line stores its reading', async () => {
    await publish(secret)
    await until('the reading is stored', () =>
      place.withStore(async (store) => (await store.count({ id: 'my-car', kind: 'vehicle' })) === 1),
    )
  })

  test('a wrong secret is refused', async () => {
    await expect(publish('wrong')).rejects.toThrow(/bad user name or password/)
  })

  test('version 5 is refused in a way that makes the client say so', async () => {
    await expect(publish(secret, ['-V', '5'])).rejects.toThrow(/unsupported protocol version|protocol/i)
  })
})

/** The words behind `mosquitto_pub` in the README, quotes taken off as a shell does. */
function readmeCommand(): readonly string[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [, command = ''] = /mosquitto_pub ((?:[^\n]*\\\n)*[^\n]*)/.exec(readme) ?? []
  return [...command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '')
}
