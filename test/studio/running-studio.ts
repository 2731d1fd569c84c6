// A whole studio for a test: a Merit without its demo, accounts, and `main.ts studio` beside it.

import { type ChildProcess, spawn } from 'node:child_process'
import { freePort } from '../free-port.ts'
import { type RunningMerit, removeFolder, startMerit, temporaryFolder } from '../running-merit.ts'
import { root } from '../source-tree.ts'

const readyMsMax = 60_000

export interface RunningStudio {
  readonly url: string
  readonly merit: RunningMerit
  readonly passwords: Readonly<Record<'tester' | 'insurer', string>>
  output(): string
  /** What the editor signs in with. */
  token(email: string, password: string): Promise<Response>
  /** Ctrl-C; its Merit goes on. */
  stopStudio(): Promise<void>
  stop(): Promise<void>
}

export const studioEmails = { tester: 'tess@example.org', insurer: 'ines@example.org' } as const

export interface MeritForStudio {
  readonly merit: RunningMerit
  readonly passwords: RunningStudio['passwords']
}

export async function startMeritForStudio(): Promise<MeritForStudio> {
  const merit = await startMerit({ demo: false, dataDir: temporaryFolder() })
  const passwordOf = async (role: 'tester' | 'insurer'): Promise<string> => {
    const made = await merit.meritJson('account', 'add', studioEmails[role], '--role', role)
    return typeof made === 'object' && made !== null && 'password' in made ? String(made.password) : ''
  }
  const passwords = { tester: await passwordOf('tester'), insurer: await passwordOf('insurer') }
  return { merit, passwords }
}

export async function startStudio(locale: 'en' | 'zh-CN' = 'en', given?: MeritForStudio): Promise<RunningStudio> {
  const { merit, passwords } = given ?? (await startMeritForStudio())
  const { dataDir } = merit
  const port = await freePort()
  const child = spawn(process.execPath, ['main.ts', 'studio'], {
    cwd: root,
    env: { ...process.env, MERIT_DATA_DIR: dataDir, MERIT_DEMO: '0', MERIT_STUDIO_PORT: String(port), MERIT_LOCALE: locale },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const url = `http://127.0.0.1:${port}`
  await until(
    child,
    () => output.includes(url),
    () => output,
  )
  return {
    url,
    merit,
    passwords,
    output: () => output,
    token: (username, password) =>
      fetch(`${url}/auth/token`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: 'node-red-editor', grant_type: 'password', scope: '', username, password }),
      }),
    stopStudio: () => end(child),
    async stop() {
      await end(child)
      await merit.stop()
      removeFolder(dataDir)
    },
  }
}

async function until(child: ChildProcess, isReady: () => boolean, said: () => string): Promise<void> {
  const deadlineMs = Date.now() + readyMsMax
  while (!isReady()) {
    if (child.exitCode !== null) throw new Error(`The studio ended with ${child.exitCode}: ${said()}`)
    if (Date.now() > deadlineMs) throw new Error(`The studio was not ready in time: ${said()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGINT')
  })
}
