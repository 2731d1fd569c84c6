// What the commands about editions share: who acts, which edition is meant, and how a refusal is told.

import { readFile } from 'node:fs/promises'
import { type EditionFault, editionFaultWords, editionWordsIn } from '../../dashboard/messages/edition-refusal.ts'
import type { EditionDocument } from '../../pricing/edition/edition-document.ts'
import { documentOf } from '../../pricing/lifecycle/edit-drafts.ts'
import { type Actor, findEdition } from '../../pricing/lifecycle/edition-book.ts'
import type { EditionRow } from '../../store/book/edition-rows.ts'
import type { Book } from '../../store/book/schema.ts'
import { type EditionMessages, editionEn } from '../messages/edition.en.ts'
import { editionZhCn } from '../messages/edition.zh-CN.ts'
import type { TerminalMessages } from '../messages/en.ts'
import { CommandError, type Parsed, required } from './command.ts'

export function editionMessages(say: TerminalMessages): EditionMessages {
  return say.language === 'zh-CN' ? editionZhCn : editionEn
}

/** The insurer's account that `--as` names. Whoever has the book has every account; what they do is written down as theirs. */
export async function actorOf(book: Book, say: TerminalMessages, parsed: Parsed, usage: string): Promise<Actor> {
  const email = required(say, parsed.option('as'), '--as', usage).toLowerCase()
  const user = await book
    .selectFrom('user')
    .select(['id', 'name'])
    .where('email', '=', email)
    .where('role', '=', 'insurer')
    .executeTakeFirst()
  if (user === undefined) throw new CommandError(editionMessages(say).errors.nobody(email))
  return user
}

export async function editionNamed(
  book: Book,
  say: TerminalMessages,
  reference: string,
): Promise<{ readonly row: EditionRow; readonly document: EditionDocument }> {
  const row = await findEdition(book, reference)
  const document = row && documentOf(row)
  if (row === undefined || document === undefined) throw refusal(say, { kind: 'unknown' }, reference)
  return { row, document }
}

export function refusal(say: TerminalMessages, fault: EditionFault, reference: string): CommandError {
  return new CommandError(editionFaultWords(editionWordsIn(say.language), fault, reference))
}

export async function textFile(say: TerminalMessages, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new CommandError(editionMessages(say).errors.noFile(file))
  }
}

export async function jsonFile(say: TerminalMessages, file: string): Promise<unknown> {
  const text = await textFile(say, file)
  try {
    return JSON.parse(text)
  } catch {
    throw new CommandError(editionMessages(say).errors.notJson(file))
  }
}
