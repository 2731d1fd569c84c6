// What a policyholder downloads before the first screen shows: how much it is, and that the page keeps to its content policy.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'merit-web-'))
/** Design: a policyholder's first load on a phone network. */
const firstLoadKilobytesMax = 70

let page = ''

beforeAll(async () => {
  await build({
    root: join(root, 'dashboard/web'),
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: folder, emptyOutDir: true },
  })
  page = readFileSync(join(folder, 'index.html'), 'utf8')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The scripts that the page asks for, and what those import before they run. */
function firstScripts(): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (path: string): void => {
    if (found.has(path)) return
    found.add(path)
    const text = readFileSync(join(folder, path), 'utf8')
    for (const [, target = ''] of text.matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}$\s,]+from\s*)?["'](\.[^"']+)["']/g))
      visit(join(dirname(path), target))
  }
  for (const [, path = ''] of page.matchAll(/<(?:script|link)[^>]+(?:src|href)="\/([^"]+\.js)"/g)) visit(path)
  return found
}

/** One of them is fetched with every first load: they hold the words of a language. */
function catalogues(): readonly string[] {
  const scripts = readdirSync(join(folder, 'assets')).map((name) => join('assets', name))
  return scripts.filter((path) => path.endsWith('.js') && readFileSync(join(folder, path), 'utf8').includes('sign-in.demo.title'))
}

function gzippedBytes(path: string): number {
  return gzipSync(readFileSync(join(folder, path)), { level: 9 }).length
}

test(`a policyholder’s first load is at most ${firstLoadKilobytesMax} KB of script, gzipped`, () => {
  const scripts = [...firstScripts()]
  const words = catalogues().filter((path) => !scripts.includes(path))
  expect(words, 'each language is fetched by itself').toHaveLength(2)
  const bytes = scripts.reduce((sum, path) => sum + gzippedBytes(path), 0) + Math.max(...words.map(gzippedBytes))
  expect(bytes / 1024).toBeLessThan(firstLoadKilobytesMax)

  expect(bytes / 1024).toBeGreaterThan(20)
})

test('the chart library is not part of the first load', () => {
  const code = [...firstScripts()].map((path) => readFileSync(join(folder, path), 'utf8')).join('')
  expect(code).not.toContain('u-over')
})

test('the page has nothing inline and asks no other host', () => {
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/)
  expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/)
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
})
