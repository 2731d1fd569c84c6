// The same edition and the same facts give the same bytes in any time zone and locale, on any version of Node and in any order:
// worksheets rated in processes of their own, compared by their hash.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'merit-rating-'))
const script = join(folder, 'rate-many.mjs')
/** The machine's own Node, not the one that Merit brings. */
const otherNode = systemNode()

function systemNode(): { readonly path: string; readonly version: string } | undefined {
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((entry) => !entry.includes('node_modules'))
    .join(delimiter)
  try {
    const found = (expression: string): string =>
      execFileSync('/usr/bin/env', ['node', '-p', expression], { env: { PATH: path }, encoding: 'utf8' }).trim()
    const version = found('process.version')
    return version === process.version ? undefined : { path: found('process.execPath'), version }
  } catch {
    return undefined
  }
}

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    root: new URL('.', import.meta.url).pathname,
    build: {
      ssr: new URL('rate-many.ts', import.meta.url).pathname,
      outDir: folder,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'rate-many.mjs', format: 'es' } },
    },
    ssr: { noExternal: true },
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** @returns the hash of all worksheets */
function rateIn(node: string, environment: Readonly<Record<string, string>>, order: 'forwards' | 'backwards'): string {
  const plans = new URL('../../pricing/plans/', import.meta.url).pathname
  return execFileSync(node, [script, plans, order], { env: { PATH: '', ...environment }, encoding: 'utf8' }).trim()
}

const plain = { TZ: 'UTC', LANG: 'C' }

test.each([
  ['in Kathmandu, in Turkish', { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }, 'forwards'],
  ['on Samoa, in Arabic', { TZ: 'Pacific/Apia', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' }, 'forwards'],
  ['in German, the other way round', { TZ: 'Europe/Berlin', LC_ALL: 'de_DE.UTF-8' }, 'backwards'],
] as const)('a thousand worksheets are the same bytes %s', (_, environment, order) => {
  const hash = rateIn(process.execPath, plain, 'forwards')
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(rateIn(process.execPath, environment, order)).toBe(hash)
})

test.skipIf(otherNode === undefined)(
  `and the same bytes on the machine's own Node ${otherNode?.version ?? '(there is none of another version; any from 20 up will do)'}`,
  () => {
    expect(rateIn(otherNode?.path ?? '', plain, 'forwards')).toBe(rateIn(process.execPath, plain, 'forwards'))
  },
)
