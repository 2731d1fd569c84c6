// A simulated fleet as a process of its own, on a leash: it hears commands over its channel and ends when the channel does, so that
// an office that is killed leaves no fleet behind.

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { RunProcess } from '../dashboard/runs/start-runs.ts'
import { type Configuration, toEnvironment } from './configuration.ts'

const mainFile = fileURLToPath(new URL('../main.ts', import.meta.url))

export function launchRun(configuration: Configuration, id: string): RunProcess {
  const child = spawn(process.execPath, [mainFile, 'simulate', '--run', id], {
    env: { ...process.env, ...toEnvironment(configuration) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let lastWords = ''
  if (child.stderr !== null)
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!line.startsWith('{')) lastWords = line.replace(/^Merit: /, '')
    })
  return {
    // A process that has just ended hears nothing; its end is told by itself.
    send: (command) => void (child.connected && child.send(command, () => undefined)),
    onReport: (listener) => void child.on('message', listener),
    onExit(listener) {
      let isTold = false
      const tell = () => {
        if (!isTold) listener(lastWords)
        isTold = true
      }
      child.once('close', tell)
      child.once('error', tell)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
