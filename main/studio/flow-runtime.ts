// The process that Node-RED runs in. It may read its own program and folder and nothing else of the disk, start no programs and
// load no native code (Node's permission model, switched on by studio.ts); all it knows of Merit is told to it over the channel.

import fs from 'node:fs'
import { createServer } from 'node:http'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { stopWithParent } from '../process-life.ts'
import { flowSettings } from './flow-settings.ts'
import { studioSignIn } from './studio-sign-in.ts'

export const FlowRuntimeSchema = Type.Object({
  host: Type.String(),
  port: Type.Integer(),
  folder: Type.String(),
  flowFile: Type.String(),
  palette: Type.String(),
  credentialSecret: Type.String(),
  locale: Type.Enum(['en', 'zh-CN'] as const),
  title: Type.String(),
  merit: Type.Object({ apiUrl: Type.String(), mqttUrl: Type.String(), apiKey: Type.String() }),
})
const told = Compile(FlowRuntimeSchema)
const LogEntrySchema = Type.Object({ level: Type.Integer(), msg: Type.Unknown(), name: Type.Optional(Type.String()) })
const logEntry = Compile(LogEntrySchema)

/** What a person need not read: they say how the studio was set up. */
const expectedTexts = ['Projects disabled', 'Encrypted credentials not found']

// Under the permission model there is no fsync, and Node-RED would warn after each file that it wrote. What a crash of the whole
// machine could take is the newest change of a flow, and nothing of Merit's.
fs.fsync = Object.assign((_file: number, done: (error: null) => void) => done(null), { __promisify__: () => Promise.resolve() })

function say(entry: unknown): void {
  if (!logEntry.Check(entry)) return
  const text = entry.msg instanceof Error ? entry.msg.message : String(entry.msg)
  if (!expectedTexts.some((expected) => text.includes(expected)))
    process.stderr.write(`  ${entry.name === undefined ? '' : `[${entry.name}] `}${text}\n`)
}

// Not before the line above: it keeps its own copy.
const { default: red } = await import('node-red')

process.once('message', (message: unknown) => {
  if (!told.Check(message)) throw new TypeError('the studio was not told where it is')
  // Not before: the channel keeps this process alive until it was told.
  stopWithParent()
  const signIn = studioSignIn(message.merit.apiUrl, (why) => process.send?.({ refused: why }))
  const server = createServer()
  const settings = flowSettings(message, signIn, say)
  red.init(server, settings)
  server.on('request', red.httpAdmin)
  server.listen(message.port, message.host, () => {
    void red.start().then(() => process.send?.({ ready: true }))
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      server.closeAllConnections()
      void red.stop().finally(() => process.exit(0))
    })
})
