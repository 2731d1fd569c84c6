// The benchmarks by name: `npm run -s bench -- NAME …`. Each prints a table, or with --json one JSON object, and nothing else.

import { runAdditive } from './additive.ts'
import { runBehaviour } from './behaviour/run-behaviour.ts'
import { runBehaviourPictures } from './behaviour-pictures.ts'
import { runBehaviourSpeed } from './behaviour-speed.ts'
import { runDashboard } from './dashboard/run-dashboard.ts'
import { runFit } from './fit/run-fit.ts'
import { runIngest } from './ingest/run-ingest.ts'
import { runRating } from './rating.ts'
import { runReplay } from './replay.ts'

const benchmarks: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  additive: runAdditive,
  behaviour: runBehaviour,
  'behaviour-pictures': runBehaviourPictures,
  'behaviour-speed': runBehaviourSpeed,
  dashboard: runDashboard,
  fit: runFit,
  ingest: runIngest,
  rating: runRating,
  replay: runReplay,
}

const [name, ...args] = process.argv.slice(2)
const benchmark = benchmarks[name ?? '']
if (benchmark === undefined) {
  console.error(
    `Benchmarks: ${Object.keys(benchmarks).join(', ')}. Run one as: npm run -s bench -- behaviour --data FOLDER --json`,
  )
  process.exitCode = 1
} else {
  try {
    await benchmark(args)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
