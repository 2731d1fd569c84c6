// What a command of the command line is, and the few things that all of them need: options, times, the book.

import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { DeviceRef } from '../../devices/contract/reading.ts'
import { openBook } from '../../store/book/open-book.ts'
import type { Book } from '../../store/book/schema.ts'
import type { Configuration } from '../configuration.ts'
import type { TerminalMessages } from '../messages/en.ts'

export interface CommandContext {
  readonly configuration: Configuration
  readonly say: TerminalMessages
  readonly isJson: boolean
}

/** The same answer twice: for a script and for a person. Long text comes in chunks. */
export interface Answer {
  readonly json?: unknown
  readonly text: string | AsyncIterable<string>
}

export interface Command {
  readonly name: string
  run(context: CommandContext, args: readonly string[]): Promise<Answer>
}

/** The command was called wrongly or cannot be done; the message says how to mend it. */
export class CommandError extends Error {
  readonly code = 'command-failed'
}

export interface Parsed {
  readonly words: readonly string[]
  option(name: string): string | undefined
  options(name: string): readonly string[]
}

/** @throws CommandError for an option the command does not have */
export function parseOptions(args: readonly string[], names: readonly string[]): Parsed {
  const config: ParseArgsOptionsConfig = Object.fromEntries(names.map((name) => [name, { type: 'string', multiple: true }]))
  let parsed: { values: Record<string, unknown>; positionals: string[] }
  try {
    parsed = parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true })
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error))
  }
  const options = (name: string): readonly string[] => {
    const value = parsed.values[name]
    return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
  }
  return { words: parsed.positionals, options, option: (name) => options(name).at(-1) }
}

export function required(say: TerminalMessages, value: string | undefined, what: string, usage: string): string {
  if (value === undefined || value === '') throw new CommandError(say.errors.missing(what, usage))
  return value
}

/** ISO 8601 (without an offset it is UTC) or epoch milliseconds. */
export function parseTime(say: TerminalMessages, option: string, text: string): number {
  const isEpoch = /^\d{1,16}$/.test(text)
  const isIso = /^\d{4}-\d{2}-\d{2}/.test(text)
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/.test(text) || !text.includes('T')
  const timeMs = isEpoch ? Number(text) : isIso ? Date.parse(hasZone ? text : `${text}Z`) : Number.NaN
  if (Number.isNaN(timeMs)) throw new CommandError(say.errors.badOption(option, text, 'ISO 8601 or epoch milliseconds'))
  return timeMs
}

export async function withBook<Result>(configuration: Configuration, use: (book: Book) => Promise<Result>): Promise<Result> {
  const book = await openBook(configuration.bookUrl)
  try {
    return await use(book)
  } finally {
    await book.destroy()
  }
}

/** @throws CommandError when there is no such insurer */
export async function insistOnInsurer(book: Book, say: TerminalMessages, id: string | undefined): Promise<void> {
  if (id === undefined) return
  const row = await book.selectFrom('insurers').select('id').where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new CommandError(say.errors.unknownInsurer(id))
}

/** @throws CommandError when it is not registered */
export async function findDevice(book: Book, say: TerminalMessages, id: string): Promise<DeviceRef> {
  const row = await book.selectFrom('devices').select(['id', 'kind']).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new CommandError(say.errors.unknownDevice(id))
  return row
}
