// Secrets that Merit makes for itself at the first start and keeps in the data folder, readable by its owner only.

import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../../store/make-folder.ts'

const secretBytes = 32
const wellFormed = /^[A-Za-z0-9_-]{16,128}$/

/** The data folder's secret is there but cannot be used. */
export class KeptSecretError extends Error {
  readonly code = 'bad-kept-secret'
}

/**
 * The secret in `<folder>/<name>`; made (256 random bits) when there is none yet. Two processes that start at once agree.
 * @throws KeptSecretError when the file cannot be read or written, or holds something else
 */
export function keptSecret(folder: string, name: string): string {
  const file = join(folder, name)
  try {
    makeSecret(folder, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw new KeptSecretError(`${file} cannot be written (${codeOf(error)}).`, { cause: error })
  }
  const secret = readSecret(file)
  if (!wellFormed.test(secret))
    throw new KeptSecretError(`${file} does not hold a secret; delete it and a new one is made (everyone signs in again).`)
  return secret
}

/** A link appears with its content or not at all, so nobody reads half a secret. */
function makeSecret(folder: string, file: string): void {
  makeFolder(folder)
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(draft, `${randomBytes(secretBytes).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
    linkSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new KeptSecretError(`${file} cannot be read (${codeOf(error)}).`, { cause: error })
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
