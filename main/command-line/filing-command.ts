// `merit filing EDITION`: everything that is filed of an edition as one zip.

import { writeFile } from 'node:fs/promises'
import { filingPack } from '../../dashboard/filing/filing-pack.ts'
import { isLocale, locales } from '../../dashboard/messages/locale.ts'
import { filingOf } from '../../pricing/filing/filed-edition.ts'
import { type Answer, type Command, type CommandContext, CommandError, parseOptions, required, withBook } from './command.ts'

export const filingCommands: readonly Command[] = [{ name: 'filing', run: writePack }]

async function writePack({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = 'merit filing EDITION --out pack.zip [--locale en|zh-CN]'
  const parsed = parseOptions(args, ['out', 'locale'])
  const reference = required(say, parsed.words[0], 'EDITION', usage)
  const file = required(say, parsed.option('out'), '--out', usage)
  const locale = parsed.option('locale') ?? say.language
  if (!isLocale(locale)) throw new CommandError(say.errors.badOption('locale', locale, locales.join(' | ')))
  const found = await withBook(configuration, (book) => filingOf(book, reference))
  if (found.kind === 'unknown') throw new CommandError(say.errors.unknownEdition(reference))
  if (found.kind === 'bad-form') throw new CommandError(say.errors.unfitEdition(reference, found.problems.slice(0, 3).join('; ')))
  const { filing } = found
  const bytes = await filingPack({ ...filing, locale })
  await writeFile(file, bytes).catch((error: unknown) => {
    throw new CommandError(say.errors.notWritten(file, error instanceof Error ? error.message : String(error)))
  })
  return { json: { file, bytes: bytes.length, edition: filing.edition.hash, id: filing.id }, text: say.written(file) }
}
