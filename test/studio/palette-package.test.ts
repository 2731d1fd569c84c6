// The palette as anybody installs it: packed by npm, put into a Node-RED that knows nothing of Merit, and started there without an
// editor in front of it.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildPaletteWhenStale } from '../../main/studio/palette.ts'
import { freePort } from '../free-port.ts'
import { removeFolder, temporaryFolder } from '../running-merit.ts'
import { root } from '../source-tree.ts'

const folder = temporaryFolder()
let nodeRed: ChildProcess | undefined
let url = ''

beforeAll(async () => {
  await buildPaletteWhenStale(() => undefined)
  const [packed = ''] = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
    cwd: join(root, 'devices/palette'),
    encoding: 'utf8',
  }).split('\n')
  const installed = join(folder, 'node_modules/node-red-contrib-merit')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', join(folder, packed), '-C', installed, '--strip-components=1'])
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  writeFileSync(
    join(folder, 'settings.js'),
    `module.exports = ${JSON.stringify({ uiHost: '127.0.0.1', uiPort: port, telemetry: { enabled: false }, logging: { console: { level: 'off' } } })}`,
  )
  nodeRed = spawn(
    process.execPath,
    [join(root, 'node_modules/node-red/red.js'), '--userDir', folder, '--settings', join(folder, 'settings.js')],
    {
      cwd: folder,
      stdio: 'ignore',
    },
  )
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (
      await fetch(`${url}/nodes`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('Node-RED did not start')
}, 60_000)

afterAll(async () => {
  if (nodeRed !== undefined && nodeRed.exitCode === null) {
    const ended = new Promise((resolve) => nodeRed?.once('exit', resolve))
    nodeRed.kill('SIGTERM')
    await ended
  }
  removeFolder(folder)
}, 30_000)

interface NodeSet {
  readonly id: string
  readonly types: readonly string[]
  readonly enabled: boolean
  readonly err?: string
}

test('every set of the package loads, with nothing else installed', async () => {
  const response = await fetch(`${url}/nodes`, { headers: { Accept: 'application/json' } })
  const sets: readonly NodeSet[] = await response.json().then((value: unknown) => (Array.isArray(value) ? value : []))
  const ours = sets.filter(({ id }) => id.startsWith('node-red-contrib-merit/'))
  expect(ours.map(({ err }) => err).filter((err) => err !== undefined)).toEqual([])
  expect(ours.flatMap(({ types }) => types).sort()).toEqual([
    'merit-claim',
    'merit-device',
    'merit-fault',
    'merit-home',
    'merit-nudge',
    'merit-place',
    'merit-premium',
    'merit-telemetry-in',
    'merit-telemetry-out',
    'merit-trip-ended',
    'merit-vehicle',
  ])
})

test('the editor gets the nodes with their words in Chinese, and the examples', async () => {
  const words = await fetch(`${url}/locales/node-red-contrib-merit/vehicle?lng=zh-CN`).then((response) => response.text())
  expect(words).toContain('车辆')
  const page = await fetch(`${url}/nodes`, { headers: { Accept: 'text/html', 'Accept-Language': 'zh-CN' } }).then((response) =>
    response.text(),
  )
  expect(page).toContain('data-help-name="merit-fault"')
  const examples = await fetch(`${url}/library/examples/flows/node-red-contrib-merit`).then((response) => response.text())
  expect(examples).toContain('first-flows.en')
})
