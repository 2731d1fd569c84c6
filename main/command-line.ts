// `merit COMMAND`: what a person or a script does from the terminal. Each command parses its own options and answers with a
// value for --json and with lines for people.

import { accountCommands } from './command-line/account-commands.ts'
import { additiveCommands } from './command-line/additive-command.ts'
import type { Command, CommandContext } from './command-line/command.ts'
import { CommandError } from './command-line/command.ts'
import { deviceCommands } from './command-line/device-commands.ts'
import { dislocationCommands } from './command-line/dislocation-command.ts'
import { editionCommands } from './command-line/edition-commands.ts'
import { editionTableCommands } from './command-line/edition-table-commands.ts'
import { filingCommands } from './command-line/filing-command.ts'
import { fitCommands } from './command-line/fit-commands.ts'
import { insurerCommands } from './command-line/insurer-commands.ts'
import { noticeCommands } from './command-line/notice-command.ts'
import { nudgeCommands } from './command-line/nudge-commands.ts'
import { policyCommands } from './command-line/policy-commands.ts'
import { portfolioCommands } from './command-line/portfolio-command.ts'
import { replayCommands } from './command-line/replay-command.ts'
import { verifyCommands } from './command-line/verify-command.ts'
import type { Configuration } from './configuration.ts'
import { terminalMessages } from './messages/terminal-messages.ts'
import { atRunningPorts } from './running.ts'

const commands: ReadonlyMap<string, Command> = new Map(
  [
    ...deviceCommands,
    ...policyCommands,
    ...noticeCommands,
    ...filingCommands,
    ...accountCommands,
    ...insurerCommands,
    ...editionCommands,
    ...editionTableCommands,
    ...nudgeCommands,
    ...fitCommands,
    ...additiveCommands,
    ...portfolioCommands,
    ...replayCommands,
    ...dislocationCommands,
    ...verifyCommands,
  ].map((command) => [command.name, command]),
)

export async function runCommandLine(configuration: Configuration, args: readonly string[]): Promise<void> {
  process.stdout.on('error', endWithReader)
  const say = terminalMessages(configuration.locale)
  const isJson = args.includes('--json')
  const words = args.filter((arg) => arg !== '--json')
  const [first = 'help', second = ''] = words
  if (first === 'help' || first === '--help' || first === '-h' || words.includes('--help')) return console.log(say.help)

  const twoWords = commands.get(`${first} ${second}`)
  const command = twoWords ?? commands.get(first)
  if (command === undefined) throw new CommandError(say.errors.unknownCommand(words.slice(0, 2).join(' ')))
  const context: CommandContext = { configuration: atRunningPorts(configuration), say, isJson }
  const answer = await command.run(context, words.slice(twoWords === undefined ? 1 : 2))
  if (isJson) await write(`${JSON.stringify(answer.json)}\n`)
  else if (typeof answer.text === 'string') await write(`${answer.text}\n`)
  else for await (const chunk of answer.text) await write(chunk)
}

/** Whoever read the output has seen enough (`| head`); that is no failure. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
}

/** Waits until standard output has taken it, so that a long export into a slow pipe keeps its memory small. */
function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())))
}
