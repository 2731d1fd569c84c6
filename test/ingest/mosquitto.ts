// Starts a real Mosquitto for tests, on a free loopback port, with its store in a temporary folder; gone afterwards.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { findService, howToGet } from '../services.ts'
import { until } from './edge-rig.ts'

export interface Mosquitto {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

export interface MosquittoUsers {
  readonly passwords: Readonly<Record<string, string>>
  /** What its `acl_file` says. */
  readonly rights: string
}

/** @param users nobody else comes in; without them everybody does, and may do everything */
export async function startMosquitto(users?: MosquittoUsers): Promise<Mosquitto> {
  const program = findService('mosquitto')
  if (program === undefined) throw new Error(`mosquitto is missing: ${howToGet('mosquitto')}`)
  const folder = mkdtempSync(join(tmpdir(), 'merit-mosquitto-'))
  const port = await freePort()
  const settings = [
    `listener ${port} 127.0.0.1`,
    // It would give up the rights to its folder otherwise.
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    'persistence true',
    `persistence_location ${folder}/`,
    'max_queued_messages 100000',
    'max_inflight_messages 200',
    ...(users === undefined ? ['allow_anonymous true'] : signingIn(folder, users)),
  ]
  writeFileSync(join(folder, 'mosquitto.conf'), `${settings.join('\n')}\n`)
  const child: ChildProcess = spawn(program, ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' })
  await until('mosquitto listens', () => isListening(port))
  return {
    url: `mqtt://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, 'exit')
        child.kill('SIGTERM')
        await exit
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function signingIn(folder: string, { passwords, rights }: MosquittoUsers): readonly string[] {
  const [passwordFile, aclFile] = [join(folder, 'passwords'), join(folder, 'acl')]
  const lines = Object.entries(passwords).map(([name, password]) => `${name}:${password}`)
  writeFileSync(passwordFile, `${lines.join('\n')}\n`, { mode: 0o600 })
  // Hashes what is in the file.
  execFileSync('mosquitto_passwd', ['-U', passwordFile])
  writeFileSync(aclFile, `${rights}\n`, { mode: 0o600 })
  return ['allow_anonymous false', `password_file ${passwordFile}`, `acl_file ${aclFile}`]
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const answer = (isThere: boolean) => () => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', answer(true))
    socket.once('error', answer(false))
  })
}
