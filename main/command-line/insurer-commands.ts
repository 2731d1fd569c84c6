// Commands about the insurers of an installation and about what was written down for each.

import { verifyAudit } from '../../dashboard/audit/verify-audit.ts'
import { addInsurer, listInsurers } from '../../pricing/insurers.ts'
import { firstInsurerId } from '../../store/book/tenant-rows.ts'
import type { TerminalMessages } from '../messages/en.ts'
import { columns } from '../status-table.ts'
import {
  type Answer,
  type Command,
  type CommandContext,
  CommandError,
  insistOnInsurer,
  parseOptions,
  required,
  withBook,
} from './command.ts'

export const insurerCommands: readonly Command[] = [
  { name: 'insurer add', run: add },
  { name: 'insurer list', run: list },
  { name: 'audit verify', run: verify },
]

async function add({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = 'merit insurer add ID NAME'
  const { words } = parseOptions(args, [])
  const id = required(say, words[0], 'ID', usage)
  const name = required(say, words.slice(1).join(' '), 'NAME', usage)
  const outcome = await withBook(configuration, (book) => addInsurer(book, { id, name }, Date.now()))
  if (outcome.kind === 'exists') throw new CommandError(say.errors.insurerExists(id))
  if (outcome.kind === 'bad-id') throw new CommandError(say.errors.badInsurerId(id))
  if (outcome.kind === 'bad-name') throw new CommandError(say.errors.badInsurerName)
  return { json: { id }, text: say.insurerAdded(id) }
}

async function list({ configuration }: CommandContext): Promise<Answer> {
  const rows = await withBook(configuration, listInsurers)
  const json = rows.map(({ id, name }) => ({ id, name }))
  return { json, text: columns(json.map(({ id, name }) => [id, name])) }
}

async function verify({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const parsed = parseOptions(args, ['insurer', 'head'])
  const noted = notedHead(say, parsed.option('head'))
  const insurerId = parsed.option('insurer') ?? firstInsurerId
  const outcome = await withBook(configuration, async (book) => {
    await insistOnInsurer(book, say, insurerId)
    return verifyAudit(book, insurerId, noted)
  })
  if (outcome.kind === 'fits')
    return { json: outcome, text: say.auditFits(outcome.head.number, `${outcome.head.number}:${outcome.head.hash}`) }
  if (outcome.kind === 'other-head') throw new CommandError(say.errors.auditShortened(outcome.head.number))
  const { fault, id, atMs } = outcome
  throw new CommandError(say.errors.auditBroken(id, new Date(atMs).toISOString(), fault.kind))
}

function notedHead(say: TerminalMessages, text: string | undefined) {
  if (text === undefined) return undefined
  const [, number, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (number === undefined || hash === undefined)
    throw new CommandError(say.errors.badOption('head', text, 'NUMBER:HASH, as this command printed it before'))
  return { number: Number(number), hash }
}
