// How a process of Merit ends: with its parent, or with one line that says what went wrong and how to mend it.

import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../store/make-folder.ts'

/** A supervised process stops when its supervisor is gone, however that ended: no orphan keeps a port. */
export function stopWithParent(): void {
  if (process.channel === undefined || process.channel === null) return
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}

/** Operating failures carry a `code` and a message meant for people; anything else is our own mistake. */
export function reportAndExit(error: unknown): never {
  console.error(`Merit: ${explain(error)}`)
  process.exit(1)
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && typeof error.code === 'string') return error.message.replaceAll('\n', ' ')
  const file = keepStack(error)
  return `stopped by a mistake of its own (${error.message.replaceAll('\n', ' ')}).${file === undefined ? '' : ` Please report it with ${file}.`}`
}

/** The stack goes to a file, not to the person. */
function keepStack(error: Error): string | undefined {
  try {
    const folder = join(process.env['MERIT_DATA_DIR'] ?? 'data', 'logs')
    makeFolder(folder)
    const file = join(folder, 'crash.log')
    appendFileSync(file, `${new Date().toISOString()} ${process.argv.slice(2).join(' ')}\n${error.stack ?? error.message}\n\n`)
    return file
  } catch {
    return undefined
  }
}
