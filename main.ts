// Merit, as a list of its processes. Each builds its stages in the order data takes:
//
//   edge     devices ─MQTT─▶ broker ─▶ ingest ─▶ store
//   office                                       store ─▶ pricing ─▶ dashboard
//
// `start` runs both under one supervisor, with the demo's devices; `simulate` is a fleet; `studio` Node-RED with Merit's nodes;
// `merit` the command line.

import { readConfiguration } from './main/configuration.ts'
import { reportAndExit, stopWithParent } from './main/process-life.ts'

const processes: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  start: async () => (await import('./main/supervisor.ts')).runSupervisor(readConfiguration(process.env)),
  edge: async () => (await import('./main/edge.ts')).runEdge(readConfiguration(process.env)),
  office: async () => (await import('./main/office.ts')).runOffice(readConfiguration(process.env)),
  simulate: async (args) => (await import('./main/simulate.ts')).runSimulate(readConfiguration(process.env), args),
  studio: async () => (await import('./main/studio/studio.ts')).runStudio(readConfiguration(process.env)),
  merit: async (args) => (await import('./main/command-line.ts')).runCommandLine(readConfiguration(process.env), args),
}

const [name = 'start', ...args] = process.argv.slice(2)
const run = processes[name]

stopWithParent()
for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, reportAndExit)
try {
  if (run === undefined)
    throw Object.assign(new Error(`There is no process "${name}"; one of ${Object.keys(processes).join(', ')}.`), {
      code: 'unknown-process',
    })
  await run(args)
} catch (error) {
  reportAndExit(error)
}
