// Remembers where recordings were placed, one file per device in `replays/` of the data folder, so that replaying a drive
// again publishes the same readings at the same times.

import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Placement } from '../devices/recording/place-recording.ts'
import { makeFolder } from '../store/make-folder.ts'

const PlacementsSchema = Type.Array(
  Type.Object({
    device: Type.String(),
    sha256: Type.String(),
    startMs: Type.Integer(),
    durationMs: Type.Integer({ minimum: 0 }),
  }),
)
const placements = Compile(PlacementsSchema)

/** What is remembered of a device's replays cannot be read; forgetting it would let a drive count twice. */
export class ReplaysUnreadable extends Error {
  readonly code = 'replays-unreadable'
}

/** @throws ReplaysUnreadable */
export function readReplays(dataDir: string, device: string): readonly Placement[] {
  const file = fileOf(dataDir, device)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw new ReplaysUnreadable(`${file} cannot be read; check its permissions.`, { cause: error })
  }
  const value = parseJson(text)
  if (!placements.Check(value))
    throw new ReplaysUnreadable(`${file} is damaged; restore it, or delete it to place recordings anew.`)
  return value
}

export function writeReplays(dataDir: string, device: string, remembered: readonly Placement[]): void {
  const file = fileOf(dataDir, device)
  makeFolder(join(dataDir, 'replays'))
  writeFileSync(`${file}.new`, `${JSON.stringify(remembered, null, 1)}\n`)
  renameSync(`${file}.new`, file)
}

function fileOf(dataDir: string, device: string): string {
  return join(dataDir, 'replays', `${device}.json`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
