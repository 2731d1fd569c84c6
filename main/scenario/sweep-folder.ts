// Waits until the process that started it is gone, then takes its temporary folder away. Without anything of ours, so that it is
// there at once and small.

import { rmSync } from 'node:fs'

const folder = process.argv[2]

process.stdin.resume()
// Ctrl-C of a terminal is meant for the run, which goes on for a moment.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined)
process.stdin.on('close', () => {
  if (folder !== undefined && /merit-scenario-[^/\\]+$/.test(folder))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  process.exit()
})
