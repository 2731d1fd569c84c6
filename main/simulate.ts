// `npm run simulate`: a fleet of simulated vehicles and homes that publishes over MQTT to the Merit of this data folder until
// Ctrl-C; with --demo, the devices of the demo book.

import { registerDevice } from '../broker/registry.ts'
import type { DrivingStyle, drivingManners } from '../devices/simulator/drive.ts'
import type { FleetCounts } from '../devices/simulator/fleet.ts'
import type { HouseholdStyle, householdManners } from '../devices/simulator/household.ts'
import { openBook } from '../store/book/open-book.ts'
import type { Book } from '../store/book/schema.ts'
import { CommandError, parseOptions } from './command-line/command.ts'
import type { Configuration } from './configuration.ts'
import { runDemoDevices } from './demo/demo-devices.ts'
import { type LocalFleetMember, runLocalFleet } from './local-fleet.ts'
import { terminalMessages } from './messages/terminal-messages.ts'
import { atRunningPorts } from './running.ts'
import { simulateHelp } from './scenario/simulate-help.ts'
import { simulateScenarios } from './scenario/simulate-scenarios.ts'
import { simulateRun } from './simulate-run.ts'

/** Each device is a connection of this one process. */
const devicesMax = 10_000
const progressMs = 2000

export async function runSimulate(given: Configuration, args: readonly string[]): Promise<void> {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopping.abort())
  const { language } = terminalMessages(given.locale)
  if (args.includes('--help')) return console.log(simulateHelp(language))
  if (args.some((arg) => /^--scenario(=|$)/.test(arg))) {
    const isJson = args.includes('--json')
    const words = args.filter((arg) => arg !== '--json')
    const options = parseOptions(words, ['scenario', 'seed', 'faults', 'report'])
    process.exitCode = await simulateScenarios({ configuration: given, options, language, isJson, signal: stopping.signal })
    return
  }
  const configuration = atRunningPorts(given)
  const book = await openBook(configuration.bookUrl)
  try {
    const [first, runId] = args
    if (first === '--run' && runId !== undefined) await simulateRun({ configuration, book, id: runId, signal: stopping.signal })
    else if (args.includes('--demo')) await runDemoDevices({ configuration, book, signal: stopping.signal })
    else await runFleet(configuration, book, args, stopping.signal)
  } finally {
    await book.destroy()
  }
}

async function runFleet(configuration: Configuration, book: Book, args: readonly string[], signal: AbortSignal): Promise<void> {
  const say = terminalMessages(configuration.locale)
  const parsed = parseOptions(args, ['vehicles', 'homes', 'seed'])
  const count = (name: string, fallback: number) => {
    const text = parsed.option(name) ?? String(fallback)
    if (!/^\d{1,5}$/.test(text) || Number(text) > devicesMax)
      throw new CommandError(say.errors.badOption(name, text, `0 … ${devicesMax}`))
    return Number(text)
  }
  const [vehicles, homes, seed] = [count('vehicles', 5), count('homes', 3), parsed.option('seed') ?? '1']
  const members: LocalFleetMember[] = []
  for (let number = 1; number <= vehicles; number += 1)
    members.push({ id: await register(book, 'vehicle', number), kind: 'vehicle', style: pick(drivingStyles, number) })
  for (let number = 1; number <= homes; number += 1)
    members.push({ id: await register(book, 'home', number), kind: 'home', style: pick(householdStyles, number) })
  if (members.length === 0) throw new CommandError(say.errors.badOption('vehicles', '0', '1 or more, or --homes 1 or more'))

  let latest: FleetCounts | undefined
  console.log(say.fleetRunning(members.length))
  const progress = setInterval(() => {
    if (latest !== undefined) console.log(say.fleetCounts(latest.online, latest.published, latest.acknowledged, latest.rejected))
  }, progressMs)
  const onCount = (counts: FleetCounts) => {
    latest = counts
  }
  try {
    const report = await runLocalFleet({ configuration, book, members, seed, signal, onCount })
    if (report !== undefined) console.log(say.fleetCounts(report.devices, report.published, report.acknowledged, report.rejected))
  } finally {
    clearInterval(progress)
  }
}

const drivingStyles = ['calm', 'average', 'hurried'] as const satisfies readonly (keyof typeof drivingManners & DrivingStyle)[]
const householdStyles = ['tended', 'average', 'neglected'] as const satisfies readonly (keyof typeof householdManners &
  HouseholdStyle)[]

function pick<Value>(list: readonly [Value, ...Value[]], number: number): Value {
  return list[number % list.length] ?? list[0]
}

/** Registers the device at its first run; later ones find it. */
async function register(book: Book, kind: 'vehicle' | 'home', number: number): Promise<string> {
  const id = `sim-${kind}-${String(number).padStart(4, '0')}`
  await registerDevice(book, { id, kind, label: `Simulated ${kind} ${number}` }, Date.now())
  return id
}
