// Recent messages across a restart: one file of lines in the data folder, a device a line. Written beside the work, a device at a
// time, so that edge is never busy with it for longer than a packet takes; a crash costs what came since the last writing.

import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { messagesPerDeviceMax, payloadBytesKept } from '../broker/desk-limits.ts'
import { RecentMessageSchema } from '../broker/desk-shapes.ts'
import type { KeptMessage, RecentMessages } from './recent-messages.ts'

export const writeMsDefault = 20_000
/** The devices heard last; a page that is opened after a restart shows one of these. */
const devicesMax = 2000

const Message = Type.Object({
  ...Type.Omit(RecentMessageSchema, ['topic', 'isCut', 'payload']).properties,
  /** Base64: bytes that are no text come back as they were. */
  payload: Type.String({ maxLength: 2 * payloadBytesKept }),
})
const Line = Compile(Type.Object({ device: Type.String(), messages: Type.Array(Message, { maxItems: messagesPerDeviceMax }) }))

export interface MessagesFile {
  write(): Promise<void>
  close(): Promise<void>
}

interface MessagesFileOptions {
  readonly dataDir: string
  readonly recent: RecentMessages
  readonly log: Logger
  readonly everyMs?: number
}

/** Takes in what the file holds, then keeps it up to date. */
export async function openMessagesFile(options: MessagesFileOptions): Promise<MessagesFile> {
  const { dataDir, recent, log, everyMs = writeMsDefault } = options
  const path = join(dataDir, 'recent-messages.ndjson')
  for (const { device, messages } of await readLines(path)) recent.restore(device, messages)
  let written = recent.version()
  let writing: Promise<void> = Promise.resolve()

  const write = (): Promise<void> => {
    writing = writing.then(async () => {
      const version = recent.version()
      if (version === written) return
      try {
        await writeLines(path, recent)
        written = version
      } catch (error) {
        log.warn({ err: error }, 'Recent messages could not be kept for after a restart; trying again.')
      }
    })
    return writing
  }
  const timer = setInterval(() => void write(), everyMs)
  timer.unref()
  return {
    write,
    async close() {
      clearInterval(timer)
      await write()
    },
  }
}

async function writeLines(path: string, recent: RecentMessages): Promise<void> {
  const draft = `${path}.new`
  const file = await open(draft, 'w', 0o600)
  try {
    const devices = [...recent.devices()].slice(-devicesMax)
    for (const device of devices) {
      const messages = recent.after(device, 0).map((message) => ({ ...message, payload: message.payload.toString('base64') }))
      if (messages.length > 0) await file.write(`${JSON.stringify({ device, messages })}\n`)
    }
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

/** What cannot be read is not worth a failed start: it is only what somebody looked at. */
async function readLines(
  path: string,
): Promise<readonly { readonly device: string; readonly messages: readonly KeptMessage[] }[]> {
  await rm(`${path}.new`, { force: true })
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const value = parsed(line)
    if (!Line.Check(value)) return []
    const messages = value.messages.map((message) => ({ ...message, payload: Buffer.from(message.payload, 'base64') }))
    return [{ device: value.device, messages }]
  })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
