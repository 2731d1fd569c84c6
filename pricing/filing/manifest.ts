// The list of what a filing pack holds, with the hash of every file, so that whoever has the pack can check that it is whole.

import { createHash } from 'node:crypto'
import type { Edition } from '../edition/edition-document.ts'

export interface PackFile {
  readonly path: string
  readonly bytes: Uint8Array
}

export interface Manifest {
  readonly schema: 'filing/1'
  readonly edition: { readonly planId: string; readonly hash: string; readonly title: string; readonly product: string }
  /** The edition it is compared with, when there was one before. */
  readonly former?: string
  readonly submittedAt: string
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[]
}

export function manifestOf(
  edition: Edition,
  former: Edition | undefined,
  submittedAtMs: number,
  files: readonly PackFile[],
): Manifest {
  return {
    schema: 'filing/1',
    edition: { planId: edition.planId, hash: edition.hash, title: edition.title, product: edition.product },
    ...(former === undefined ? {} : { former: former.hash }),
    submittedAt: new Date(submittedAtMs).toISOString(),
    files: files
      .map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }))
      .toSorted((one, other) => (one.path < other.path ? -1 : 1)),
  }
}
