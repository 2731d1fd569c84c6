// The filing pack: what is in it, that its hashes hold, that it says everything in both languages, and that it is the same bytes.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { filingPack } from '../../dashboard/filing/filing-pack.ts'
import { ruleManual } from '../../dashboard/filing/rule-manual.ts'
import { filingMessages as en } from '../../dashboard/messages/filing.en.ts'
import { filingMessages as zhCN } from '../../dashboard/messages/filing.zh-CN.ts'
import { findService, howToGet } from '../services.ts'
import { exampleFiling } from './example-filing.ts'
import { pdfText } from './pdf-text.ts'

const pdftotext = findService('pdftotext')
/** A pack is sent by mail and printed: fonts are subset. */
const packBytesMax = 600_000

const zips = new Map<string, Uint8Array>()
const packs = new Map<string, Readonly<Record<string, Uint8Array>>>()
beforeAll(async () => {
  for (const [plan, locale] of [
    ['motor', 'en'],
    ['motor', 'zh-CN'],
    ['home', 'zh-CN'],
  ] as const) {
    const zip = await filingPack(exampleFiling(plan, locale))
    zips.set(`${plan} ${locale}`, zip)
    packs.set(`${plan} ${locale}`, unzipSync(zip))
  }
})

function fileOf(pack: string, path: string): Uint8Array {
  const bytes = packs.get(pack)?.[path]
  if (bytes === undefined) throw new Error(`${pack} has no ${path}`)
  return bytes
}

test('a pack holds every document, table and the edition itself', () => {
  const paths = Object.keys(packs.get('motor en') ?? {})
  for (const path of [
    '01-memorandum.pdf',
    '02-rule-manual.pdf',
    '03-dislocation.pdf',
    '03-dislocation.csv',
    '04-worked-example.pdf',
    '05-model-card.pdf',
    '06-changes.csv',
    'edition.json',
    'manifest.json',
    'tables/base-rates.csv',
    'tables/constants.csv',
    'tables/behaviour-night.csv',
    'tables/exposure.csv',
  ])
    expect(paths).toContain(path)
})

test('the manifest names every file with its hash, and the edition’s hash is that of edition.json', () => {
  const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  for (const [name, files] of packs) {
    const manifest: { edition: { hash: string }; files: { path: string; bytes: number; sha256: string }[] } = JSON.parse(
      strFromU8(fileOf(name, 'manifest.json')),
    )
    const others = Object.keys(files).filter((path) => path !== 'manifest.json')
    expect(manifest.files.map(({ path }) => path)).toEqual(others.toSorted())
    for (const { path, bytes, sha256 } of manifest.files) {
      expect(hashOf(fileOf(name, path)), path).toBe(sha256)
      expect(fileOf(name, path).length, path).toBe(bytes)
    }
    expect(hashOf(fileOf(name, 'edition.json'))).toBe(manifest.edition.hash)
  }
})

test('the change list names exactly what differs', () => {
  const rows = strFromU8(fileOf('motor en', '06-changes.csv')).trimEnd().split('\r\n')
  const rates = rows.filter((row) => !/^(test-cases|document),/.test(row))
  expect(rates[0]).toBe('table,row,column,before,after,change')
  expect(rates.slice(1).map((row) => row.split(',').slice(0, 3))).toEqual([
    ['base-rates', 'liability', 'annualMinor'],
    ['behaviour-braking', '25', 'factor'],
  ])
})

test('the dislocation is there without its limits of change too, and both count every policy', () => {
  const rows = strFromU8(fileOf('motor en', '03-dislocation.csv'))
    .trimEnd()
    .split('\r\n')
    .map((row) => row.split(','))
  const sum = (part: string) => rows.filter(([name]) => name === part).reduce((total, row) => total + Number(row[3]), 0)
  expect([sum('uncapped histogram'), sum('capped histogram'), sum('uncapped band'), sum('segment age')]).toEqual([
    400, 400, 400, 400,
  ])
  const above = (part: string) =>
    rows.filter(([name, from]) => name === part && Number(from) >= 0.25).reduce((total, row) => total + Number(row[3]), 0)
  expect(above('uncapped histogram')).toBeGreaterThan(above('capped band'))
})

test('every rule of the edition has its chapter or heading in the manual', () => {
  const options = exampleFiling('motor', 'en')
  const titles = ruleManual(options, 'en').blocks.flatMap((block) => ('title' in block ? [block.title] : []))
  expect(titles).toEqual([
    'Order of calculation',
    'Base rates',
    'Class factors',
    'Age of the driver',
    'Region',
    'Age of the car',
    'Age and engine power',
    'Bonus-malus',
    'Distance',
    'Measured behaviour',
    'Braking',
    'Accelerating',
    'Cornering',
    'Driving at night',
    'Speed limits',
    'Phone while driving',
    'Limits',
    'Rounding',
    'Guard rails',
    'What a policy states',
    'Changes against the former edition',
    'Test cases',
  ])
})

test('every factor of every table is printed in the manual', () => {
  const { edition, ...rest } = exampleFiling('motor', 'en')
  const cells = ruleManual({ edition, ...rest }, 'en').blocks.flatMap((block) =>
    block.kind === 'table' ? block.rows.flatMap((row) => row.cells.filter((cell) => typeof cell === 'string')) : [],
  )
  const count = (text: string) => cells.filter((cell) => cell === text).length
  for (const behaviour of edition.behaviours)
    for (const [, factor] of behaviour.curve) expect(count(factor.toFixed(4)), `${behaviour.id} ${factor}`).toBeGreaterThan(0)
  for (const factor of edition.factors)
    if (factor.kind === 'pair')
      for (const value of factor.factors.flat()) expect(count(value.toFixed(4)), factor.id).toBeGreaterThan(0)
})

test.skipIf(pdftotext === undefined)(
  `every document says what it is about in both languages (needs pdftotext: ${howToGet('pdftotext')})`,
  () => {
    const expected: Readonly<Record<string, readonly (readonly [path: string, ...parts: string[]])[]>> = {
      'motor en': [
        ['01-memorandum.pdf', 'Filing memorandum', 'It changes 2 figures in 2 tables', '10 came out', 'Page 1 of 2'],
        ['02-rule-manual.pdf', 'Contents', 'Z = n ÷ (n + K)', '1.8750', '€420.00', 'Bonus-malus', 'Test cases'],
        ['03-dislocation.pdf', 'Without limits of change', 'With limits of change', '400', 'Percentiles of the change'],
        ['04-worked-example.pdf', 'Worksheet', '€350.14', 'The edition expects exactly this'],
        ['05-model-card.pdf', 'What it is not for', 'nothing in it adapts by itself'],
      ],
      'motor zh-CN': [
        ['01-memorandum.pdf', '报备说明', '共改动 2 张表中的 2 个数字'],
        ['02-rule-manual.pdf', '目录', '无赔款优待系数', '1.8750'],
        ['03-dislocation.pdf', '限制之前', '限制之后', '400'],
        ['04-worked-example.pdf', '计算表', '€350.14'],
        ['05-model-card.pdf', '不适用的用途'],
      ],
      'home zh-CN': [['02-rule-manual.pdf', '漏水分钟数', '进水阀']],
    }
    for (const [pack, documents] of Object.entries(expected))
      for (const [path, ...parts] of documents) {
        const text = pdfText(fileOf(pack, path)).replaceAll(/\s+/g, ' ')
        for (const part of parts) expect(text, `${pack} ${path}`).toContain(part)
        expect(text, `${pack} ${path}`).not.toMatch(/\{\w+\}|undefined|NaN/)
      }
  },
)

test('a first edition, never replayed, has a pack that says so', async () => {
  const { former: _, dislocation: __, ...first } = exampleFiling('home', 'en')
  const files = unzipSync(await filingPack(first))
  expect(Object.keys(files)).not.toContain('06-changes.csv')
  expect(Object.keys(files)).not.toContain('03-dislocation.pdf')
  if (pdftotext === undefined) return
  const text = pdfText(files['01-memorandum.pdf'] ?? new Uint8Array()).replaceAll(/\s+/g, ' ')
  expect(text).toContain('this is the first edition of the plan')
  expect(text).toContain('has not been replayed')
})

test('the same edition gives the same bytes, in any time zone', async () => {
  const hash = (bytes: Uint8Array | undefined) =>
    createHash('sha256')
      .update(bytes ?? new Uint8Array())
      .digest('hex')
  const here = hash(zips.get('motor en'))
  for (const zip of zips.values()) expect(zip.length).toBeLessThan(packBytesMax)
  expect(hash(await filingPack(exampleFiling('motor', 'en')))).toBe(here)
  const script = `
    const { filingPack } = await import(process.argv[1]); const { exampleFiling } = await import(process.argv[2])
    const { createHash } = await import('node:crypto')
    console.log(createHash('sha256').update(await filingPack(exampleFiling('motor', 'en'))).digest('hex'))`
  const modules = ['../../dashboard/filing/filing-pack.ts', './example-filing.ts'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const there = execFileSync(process.execPath, ['--input-type=module', '-e', script, ...modules], {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'Asia/Tokyo' },
  })
  expect(there.trim()).toBe(here)
})

test('both languages have the same values in every message', () => {
  const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? ''))].sort().join()
  const english: Readonly<Record<string, string>> = en
  expect(Object.entries(zhCN).flatMap(([key, text]) => (names(text) === names(english[key] ?? '') ? [] : [key]))).toEqual([])
})
