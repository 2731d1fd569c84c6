// `npm run studio`: Node-RED with Merit's nodes, in a process of its own beside a Merit that runs. Makes ready what it needs, tells
// it where Merit is and gives it a key that ends with it; its flows stay in the data folder.

import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keptSecret } from '../../dashboard/sign-in/kept-secret.ts'
import { openBook } from '../../store/book/open-book.ts'
import { makeFolder } from '../../store/make-folder.ts'
import { type Configuration, ConfigurationError } from '../configuration.ts'
import { readDemoAccounts } from '../demo/demo-book.ts'
import { mqttUrlOf } from '../local-device.ts'
import { studioEn } from '../messages/studio.en.ts'
import { studioZhCn } from '../messages/studio.zh-CN.ts'
import { languageOf } from '../messages/terminal-messages.ts'
import { nextFreePort } from '../ports.ts'
import { reachableHost } from '../reachable-host.ts'
import { atRunningPorts } from '../running.ts'
import type { FlowRuntime } from './flow-settings.ts'
import { buildPaletteWhenStale, paletteFolder } from './palette.ts'
import { makeStudioKey } from './studio-key.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const runtimeFile = fileURLToPath(new URL('flow-runtime.ts', import.meta.url))
const healthMsMax = 5000
const stopMsMax = 10_000

/** Something that a person can mend; the message says how. */
export class StudioError extends Error {
  readonly code = 'studio'
}

export async function runStudio(given: Configuration): Promise<void> {
  const configuration = atRunningPorts(given)
  const locale = languageOf(configuration.locale)
  const say = locale === 'en' ? studioEn : studioZhCn
  const note = (line: string) => console.log(`  ${line}`)
  const host = reachableHost(configuration.host)
  const apiUrl = `http://${host}:${configuration.httpPort}`
  if (!(await answers(`${apiUrl}/healthz`))) throw new StudioError(say.errors.notRunning(apiUrl))
  const port = await nextFreePort(configuration.host, configuration.studioPort)
  if (port === undefined) throw new ConfigurationError(say.errors.portTaken(configuration.studioPort))
  if (port !== configuration.studioPort) note(say.portMoved(configuration.studioPort, port))
  await buildPaletteWhenStale(() => note(say.buildingPalette))

  const folder = join(configuration.dataDir, 'studio')
  makeFolder(folder)
  const flowFile = 'flows.json'
  if (!existsSync(join(folder, flowFile)))
    copyFileSync(join(paletteFolder, `examples/first-flows.${locale}.json`), join(folder, flowFile))

  const book = await openBook(configuration.bookUrl)
  const key = await makeStudioKey(book, Date.now())
  if (key === undefined) {
    await book.destroy()
    throw new StudioError(say.errors.noAccount)
  }
  note(say.starting)
  const child = startRuntime(folder)
  try {
    const runtime: FlowRuntime = {
      host: configuration.host,
      port,
      folder,
      flowFile,
      palette: paletteFolder,
      credentialSecret: keptSecret(folder, 'credential-secret'),
      locale,
      title: say.title,
      merit: { apiUrl, mqttUrl: mqttUrlOf(configuration), apiKey: key.key },
    }
    child.send(runtime)
    child.on('message', (message: unknown) => {
      if (isMessage(message, 'ready')) {
        note(say.running(`http://${host}:${port}`))
        note(say.signIn)
        const demo = configuration.demo
          ? readDemoAccounts(configuration.dataDir).find(({ role }) => role === 'tester')
          : undefined
        if (demo !== undefined) note(say.demoAccount(demo.email, demo.password))
      }
      for (const why of ['wrong', 'not-a-tester', 'away'] as const) if (isMessage(message, 'refused', why)) note(say.refused[why])
    })
    const ending = await endOf(child)
    if (ending !== 'stopped') throw new StudioError(say.errors.ended(ending))
    note(say.stopped)
  } finally {
    await key.revoke(Date.now())
    await book.destroy()
  }
}

/** With Node's permission model: its program to read, its folder to read and write, and nothing else. */
function startRuntime(folder: string): ChildProcess {
  // Not the whole project: the data folder may be in it.
  const own = ['package.json', 'node_modules', 'devices', 'main/studio', 'main/process-life.ts', 'store/make-folder.ts']
  const readable = [...own.map((path) => realpathSync(join(root, path))), folder]
  const { PATH, HOME, LANG, TZ } = process.env
  return spawn(
    process.execPath,
    [
      '--permission',
      ...readable.map((path) => `--allow-fs-read=${path}`),
      `--allow-fs-write=${folder}`,
      '--disable-warning=SecurityWarning',
      runtimeFile,
    ],
    // Settings of Merit, its secret among them, stay outside.
    { cwd: folder, env: { PATH, HOME, LANG, TZ }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true },
  )
}

/** Stopped by a signal to this process, or the reason why it ended by itself. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let isStopping = false
    const stop = (): void => {
      if (isStopping) return
      isStopping = true
      child.kill('SIGTERM')
      setTimeout(() => child.kill('SIGKILL'), stopMsMax).unref()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
    child.once('exit', (code, signal) => resolve(isStopping ? 'stopped' : (signal ?? String(code))))
  })
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(healthMsMax) })).status < 500
  } catch {
    return false
  }
}

function isMessage(message: unknown, field: string, value?: string): boolean {
  if (typeof message !== 'object' || message === null) return false
  const found: unknown = Reflect.get(message, field)
  return value === undefined ? found !== undefined : found === value
}
