// The load process as the bench holds it.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Compile } from 'typebox/compile'
import { type Command, type Ran, RanSchema, type Work } from './load-shapes.ts'

const parseRan = Compile(RanSchema)

export interface Loader {
  /** @throws Error when a connection ended or a PUBACK is missing or wrong */
  run(forMs: number, messagesPerS: number | null): Promise<Ran>
  end(): Promise<void>
}

export async function startLoader(work: Work): Promise<Loader> {
  const child = fork(new URL('./load-process.ts', import.meta.url))
  const ended = once(child, 'exit')
  const heard = (): Promise<unknown> =>
    Promise.race([
      once(child, 'message').then(([message]: unknown[]) => message),
      ended.then(([code]) => Promise.reject(new Error(`The load ended with ${code}.`))),
    ])
  // Thousands of devices are more than a command line takes.
  child.send(work)
  await heard()
  const say = (command: Command): void => void child.send(command)
  return {
    async run(forMs, messagesPerS) {
      say({ kind: 'run', forMs, messagesPerS })
      const ran = await heard()
      if (!parseRan.Check(ran)) throw new Error('The load said something else than what it measured.')
      if (ran.problems.length > 0) throw new Error(ran.problems.join('\n'))
      if (ran.acknowledged !== ran.sent) throw new Error(`${ran.sent - ran.acknowledged} messages have no PUBACK.`)
      return ran
    },
    async end() {
      if (child.exitCode !== null) return
      say({ kind: 'end' })
      await ended
    },
  }
}
