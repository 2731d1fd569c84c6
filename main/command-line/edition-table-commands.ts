// Commands about the tables of editions: `merit edition export|import|diff`. A table is shown as a difference first and taken
// by a second call that names what was seen.

import { mkdir, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { csvProblemWords, editionWordsIn } from '../../dashboard/messages/edition-refusal.ts'
import { formatPercent } from '../../dashboard/messages/format.ts'
import { addressed } from '../../pricing/lifecycle/draft-document.ts'
import { changeDraft } from '../../pricing/lifecycle/edit-drafts.ts'
import { type CellChange, editionDifference } from '../../pricing/lifecycle/edition-difference.ts'
import { editionTables } from '../../pricing/tables-csv/edition-tables.ts'
import { takeTable } from '../../pricing/tables-csv/take-table.ts'
import { tableCsv, tablesZip } from '../../pricing/tables-csv/write-csv.ts'
import type { TerminalMessages } from '../messages/en.ts'
import { columns } from '../status-table.ts'
import { type Answer, type Command, type CommandContext, CommandError, parseOptions, required, withBook } from './command.ts'
import { actorOf, editionMessages, editionNamed, refusal, textFile } from './edition-subject.ts'

export const editionTableCommands: readonly Command[] = [
  { name: 'edition export', run: exportTables },
  { name: 'edition import', run: importTable },
  { name: 'edition diff', run: showDifference },
]

async function exportTables({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = 'merit edition export EDITION (--out FOLDER | --out FILE.zip | --table TABLE)'
  const parsed = parseOptions(args, ['out', 'table'])
  const reference = required(say, parsed.words[0], 'EDITION', usage)
  const { document } = await withBook(configuration, (book) => editionNamed(book, say, reference))
  const tables = editionTables(document)
  const name = parsed.option('table')
  if (name !== undefined) {
    const table = tables.find((candidate) => candidate.name === name)
    if (table === undefined) throw refusal(say, { kind: 'unknown-table', tables: tables.map((one) => one.name) }, reference)
    const csv = tableCsv(table)
    return { json: { table: name, csv }, text: csv.trimEnd() }
  }
  const out = required(say, parsed.option('out'), '--out', usage)
  if (extname(out) === '.zip') await writeFile(out, tablesZip(document))
  else {
    await mkdir(out, { recursive: true })
    for (const table of tables) await writeFile(join(out, `${table.name}.csv`), tableCsv(table))
  }
  return { json: { out, tables: tables.map((table) => table.name) }, text: editionMessages(say).exported(tables.length, out) }
}

async function importTable({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = 'merit edition import EDITION FILE.csv [--table TABLE] [--take HASH --as EMAIL]'
  const parsed = parseOptions(args, ['table', 'take', 'as'])
  const reference = required(say, parsed.words[0], 'EDITION', usage)
  const file = required(say, parsed.words[1], 'FILE.csv', usage)
  const name = parsed.option('table') ?? basename(file, extname(file))
  const words = editionMessages(say)
  const text = await textFile(say, file)
  return withBook(configuration, async (book) => {
    const { row, document } = await editionNamed(book, say, reference)
    const taken = takeTable(document, name, text)
    if (taken.kind === 'unknown-table') throw refusal(say, taken, reference)
    if (taken.kind !== 'taken') {
      process.exitCode = 1
      const said = editionWordsIn(say.language)
      const lines =
        taken.kind === 'problems'
          ? taken.problems.map((problem) => [said.place(problem.line, problem.column), csvProblemWords(said, problem)])
          : taken.problems.map((problem) => [problem])
      return {
        json: { hash: row.hash, takenHash: null, problems: taken.problems, changes: [] },
        text: `${words.notTaken}\n${columns(lines)}`,
      }
    }
    const changes = editionDifference(document, taken.document)
    const takenHash = addressed(taken.document).hash
    const take = parsed.option('take')
    if (take === undefined) {
      const command = `merit edition import ${row.id} ${file} --table ${name} --take ${takenHash} --as EMAIL`
      const shown = changes.length === 0 ? words.noDifference : `${differenceText(say, changes)}\n\n${words.mayTake(command)}`
      return { json: { hash: row.hash, takenHash, problems: [], changes }, text: shown }
    }
    const actor = await actorOf(book, say, parsed, usage)
    if (take !== takenHash) throw new CommandError(words.errors.otherTable)
    const outcome = await changeDraft(book, row.id, row.hash, () => taken.document, actor, Date.now())
    if (outcome.kind !== 'done') throw refusal(say, outcome, reference)
    return { json: { id: row.id, hash: outcome.row.hash }, text: words.taken(name, row.id, outcome.row.hash) }
  })
}

async function showDifference({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = 'merit edition diff EDITION [OTHER]'
  const parsed = parseOptions(args, [])
  const reference = required(say, parsed.words[0], 'EDITION', usage)
  return withBook(configuration, async (book) => {
    const one = await editionNamed(book, say, reference)
    const other = await editionNamed(book, say, required(say, parsed.words[1] ?? one.row.based_on ?? undefined, 'OTHER', usage))
    // With both named the first is what was before.
    const [before, after] = parsed.words[1] === undefined ? [other, one] : [one, other]
    const changes = editionDifference(before.document, after.document)
    const json = { before: before.row.hash, after: after.row.hash, changes }
    return { json, text: changes.length === 0 ? editionMessages(say).noDifference : differenceText(say, changes) }
  })
}

/** Words and facts are longer than a line of a terminal. */
const cellCharactersMax = 40

function differenceText(say: TerminalMessages, changes: readonly CellChange[]): string {
  const shown = (cell: string | number | null) => {
    const text = cell === null ? '–' : String(cell)
    return text.length > cellCharactersMax ? `${text.slice(0, cellCharactersMax - 1)}…` : text
  }
  const percent = (change: number | null) =>
    change === null ? '' : `${change > 0 ? '+' : ''}${formatPercent(change, say.language, 1)}`
  const lines = changes.map(({ table, level, column, before, after, change }) => [
    table,
    shown(level),
    column,
    shown(before),
    shown(after),
    percent(change),
  ])
  return columns([editionMessages(say).diffHeading, ...lines])
}
