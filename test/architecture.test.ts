// Keeps ARCHITECTURE.md true: data flows one way and so do imports, files stay small and are named by what they hold.

import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { codeOnly, readSourceTree, type SourceFile } from './source-tree.ts'

const stages = ['devices', 'store', 'broker', 'ingest', 'pricing', 'finance', 'dashboard', 'main', 'main.ts']
const linesMax = 400
const vagueNames = /^(utils?|helpers?|common|misc|types|manager|index|shared|base|stuff)\.(ts|tsx)$/

const files = readSourceTree()
const product = files.filter((file) => stages.includes(stageOf(file.path)))

function stageOf(path: string): string {
  return path.split('/')[0] ?? ''
}

function offences(of: readonly SourceFile[], find: (file: SourceFile) => readonly string[]): readonly string[] {
  return of.flatMap((file) => find(file).map((offence) => `${file.path}: ${offence}`))
}

function linesMatching(text: string, pattern: RegExp): readonly string[] {
  return text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`line ${index + 1}`] : []))
}

test('the tree was read: every stage that stands has files', () => {
  for (const stage of ['devices', 'store', 'broker', 'ingest', 'pricing', 'dashboard', 'main', 'main.ts']) {
    expect(product.filter((file) => stageOf(file.path) === stage).length, stage).toBeGreaterThan(0)
  }
  expect(product.flatMap((file) => file.imports).length).toBeGreaterThan(100)
})

test('a file imports from its own folder or from a stage to its left', () => {
  const rightwards = offences(product, (file) =>
    file.imports.filter((path) => stages.indexOf(stageOf(path)) > stages.indexOf(stageOf(file.path))),
  )
  expect(rightwards).toEqual([])
})

test('the product imports nothing from the tests, and every import names a file', () => {
  const known = new Set(files.map((file) => file.path))
  const astray = offences(files, (file) =>
    file.imports.filter(
      (path) => /\.tsx?$/.test(path) && (!known.has(path) || (stageOf(path) === 'test' && stageOf(file.path) !== 'test')),
    ),
  )
  expect(astray).toEqual([])
})

test('the two processes meet only in the store and the contract: pricing and dashboard import no ingest', () => {
  const short = offences(product, (file) => {
    const stage = stageOf(file.path)
    return stage === 'pricing' || stage === 'dashboard' ? file.imports.filter((path) => stageOf(path) === 'ingest') : []
  })
  expect(short).toEqual([])
})

test('there are no import cycles, type-only imports included', () => {
  const importsOf = new Map(files.map((file) => [file.path, file.imports]))
  const state = new Map<string, 'open' | 'done'>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    state.set(path, 'open')
    for (const next of importsOf.get(path) ?? []) visit(next, [...trail, path])
    state.set(path, 'done')
  }
  for (const file of files) visit(file.path, [])
  expect(cycles).toEqual([])
})

test(`no file is longer than ${linesMax} lines`, () => {
  expect(offences(files, (file) => (file.text.split('\n').length - 1 > linesMax ? ['too long'] : []))).toEqual([])
})

test('no file is a barrel: every name is imported from the file that owns it', () => {
  expect(offences(files, (file) => linesMatching(file.text, /^export (type )?(\*|\{[^}]*\}) .*from '/))).toEqual([])
})

test('files are named by what they hold', () => {
  expect(files.map((file) => file.path).filter((path) => vagueNames.test(basename(path)))).toEqual([])
  const odd = files
    .map((file) => file.path)
    .filter((path) => !/^([a-z0-9]+(-[a-z0-9]+)*|zh-CN)(\.(test|config|en|zh-CN))?\.tsx?$/.test(basename(path)))
  expect(odd).toEqual([])
})

test('every file says at its top what it holds', () => {
  expect(files.filter((file) => !/^(\/\/|\/\*)/.test(file.text)).map((file) => file.path)).toEqual([])
})

test('no value is cast: what comes from outside is parsed', () => {
  const cast = offences(files, (file) =>
    codeOnly(file.text)
      .split('\n')
      .flatMap((line, index) =>
        /[\w)\]}] as (?!const\b)\w/.test(line) && !/^\s*(import|export|\}|type |[\w, ]+ as )/.test(line)
          ? [`line ${index + 1}`]
          : [],
      ),
  )
  expect(cast).toEqual([])
})

test('only main reads the environment: every stage is told its settings', () => {
  const readers = product.filter((file) => !stageOf(file.path).startsWith('main') && codeOnly(file.text).includes('process.env'))
  expect(readers.map((file) => file.path)).toEqual([])
})
