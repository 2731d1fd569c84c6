// A reporter that names every skipped test at the end of a run, because the name says how to get what is missing.

import type { Reporter, TestModule } from 'vitest/node'

export default class SkippedByName implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map((test) => `${module.relativeModuleId}: ${test.fullName}`),
    )
    if (skipped.length === 0) return
    console.log(`\n Skipped:\n${skipped.map((name) => `   ${name}`).join('\n')}`)
  }
}
