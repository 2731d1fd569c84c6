// `npm run simulate`: scenarios over a Merit of their own with --scenario; else a fleet that publishes over MQTT to the Merit of this
// data folder until Ctrl-C; with --demo the devices of the demo book, with --run a run that somebody started from the page.

import { openBook } from '../store/book/open-book.ts'
import { parseOptions } from './command-line/command.ts'
import type { Configuration } from './configuration.ts'
import { terminalMessages } from './messages/terminal-messages.ts'
import { atRunningPorts } from './running.ts'

export async function runSimulate(given: Configuration, args: readonly string[]): Promise<void> {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopping.abort())
  const { language } = terminalMessages(given.locale)
  if (args.includes('--help')) return console.log((await import('./scenario/simulate-help.ts')).simulateHelp(language))
  if (args.some((arg) => /^--scenario(=|$)/.test(arg))) {
    const isJson = args.includes('--json')
    const words = args.filter((arg) => arg !== '--json')
    const options = parseOptions(words, ['scenario', 'seed', 'faults', 'report'])
    const { simulateScenarios } = await import('./scenario/simulate-scenarios.ts')
    process.exitCode = await simulateScenarios({ configuration: given, options, language, isJson, signal: stopping.signal })
    return
  }
  const configuration = atRunningPorts(given)
  const book = await openBook(configuration.bookUrl)
  try {
    const [first, runId] = args
    const { signal } = stopping
    if (first === '--run' && runId !== undefined)
      await (await import('./simulate-run.ts')).simulateRun({ configuration, book, id: runId, signal })
    else if (args.includes('--demo'))
      await (await import('./demo/demo-devices.ts')).runDemoDevices({ configuration, book, signal })
    else await (await import('./scenario/simulate-fleet.ts')).simulateFleet({ configuration, book, args, signal })
  } finally {
    await book.destroy()
  }
}
