// `merit fit` and `merit credibility` as somebody calls them: files in, tables and files out, refusals in both languages.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../main/command-line/command.ts'
import { fitCommands } from '../../main/command-line/fit-commands.ts'
import { readConfiguration } from '../../main/configuration.ts'
import { terminalMessages } from '../../main/messages/terminal-messages.ts'
import { installEditions } from '../../pricing/install-editions.ts'
import { openBook } from '../../store/book/open-book.ts'
import { smallClaims } from '../pricing/fit/small-claims.ts'

const model = {
  schema: 'model/1',
  name: 'claims',
  family: { kind: 'poisson' },
  response: { column: 'claims' },
  logOffset: 'exposure',
  terms: [
    { kind: 'levels', column: 'region', reference: 'coast', selected: { hill: 0.7 } },
    { kind: 'levels', column: 'fuel' },
    { kind: 'number', column: 'age' },
  ],
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merit-fit-'))
  await writeFile(join(folder, 'model.json'), JSON.stringify(model))
  await writeFile(join(folder, 'claims.csv'), smallClaims)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function run(locale: 'en' | 'zh-CN', name: string, ...args: readonly string[]): Promise<Answer> {
  const command = fitCommands.find((candidate) => candidate.name === name)
  if (command === undefined) throw new Error(name)
  return command.run(
    { configuration: readConfiguration({ MERIT_DATA_DIR: folder }), say: terminalMessages(locale), isJson: false },
    args,
  )
}

test('a model and a table give tests, relativities with the selected beside the indicated, and files for an edition', async () => {
  const [model, data, csv, factors] = ['model.json', 'claims.csv', 'out.csv', 'factors.json'].map((file) => join(folder, file))
  const { json, text } = await run(
    'en',
    'fit',
    `${model}`,
    '--data',
    `${data}`,
    '--relativities',
    `${csv}`,
    '--factors',
    `${factors}`,
  )
  expect(json).toMatchObject({ rows: 60, rank: 5, deviance: expect.closeTo(54.0489312644726, 6), phi: 1 })
  expect(text).toMatch(/hill +\d+ .* 0\.6425 .* 0\.7000$/m)
  expect(text).toMatch(/^ +region +2 +1\.07904 +0\.5830 +1\.07679 +0\.5837$/m)
  expect(text).toMatch(/off-balance 1\.\d{4}|off-balance 0\.9\d{3}/)
  const lines = (await readFile(`${csv}`, 'utf8')).trim().split('\n')
  expect(lines[0]).toBe('term,level,exposure,credibility,observed,fitted,indicated,low,high,shaped,selected')
  expect(lines).toHaveLength(6)
  const exported: unknown = JSON.parse(await readFile(`${factors}`, 'utf8'))
  expect(exported).toMatchObject({
    factors: [{ id: 'region', levels: { hill: 0.7 } }, { id: 'fuel' }, { id: 'age', kind: 'curve' }],
    notExported: [],
  })
})

test('a profile of the Tweedie power is asked for by its powers', async () => {
  const pure = {
    ...model,
    response: { column: 'amount', per: 'exposure' },
    weight: 'exposure',
    logOffset: undefined,
    terms: model.terms.slice(0, 2),
  }
  await writeFile(join(folder, 'pure.json'), JSON.stringify(pure))
  const { text } = await run(
    'en',
    'fit',
    join(folder, 'pure.json'),
    '--data',
    join(folder, 'claims.csv'),
    '--powers',
    '1.2,1.4,1.6',
  )
  expect(text).toContain('greatest at the power 1.36')
})

test.each<['en' | 'zh-CN', string, string, RegExp]>([
  ['en', 'exposure', '-1', /row 1, column exposure: the exposure is -1; it has to be above 0/],
  ['zh-CN', 'exposure', '-1', /第 1 行数据、列 exposure：风险暴露为 -1/],
  ['en', 'age', '"30,5"', /line 2, column age: "30,5" has a decimal comma; write 30\.5/],
  ['zh-CN', 'age', '"30,5"', /第 2 行、列 age："30,5" 用逗号作小数点；请写成 30\.5/],
  ['en', 'age', 'old', /line 2, column age: "old" is no number/],
])('in %s a wrong %s of %s is refused with its place, and no file is written', async (locale, column, cell, expected) => {
  const [header = '', first = '', ...rest] = smallClaims.split('\n')
  const cells = first.split(',')
  cells[header.split(',').indexOf(column)] = cell
  await writeFile(join(folder, 'bad.csv'), [header, cells.join(','), ...rest].join('\n'))
  const out = join(folder, 'none.csv')
  const refused = run(locale, 'fit', join(folder, 'model.json'), '--data', join(folder, 'bad.csv'), '--relativities', out)
  await expect(refused).rejects.toThrow(expected)
  await expect(readFile(out)).rejects.toThrow('ENOENT')
})

test('a model that is none is refused with the place', async () => {
  await writeFile(join(folder, 'wrong.json'), JSON.stringify({ ...model, family: { kind: 'poison' } }))
  const refused = run('en', 'fit', join(folder, 'wrong.json'), '--data', join(folder, 'claims.csv'))
  await expect(refused).rejects.toThrow('/family/kind must be poisson, gamma, binomial, tweedie')
})

test('K of each behaviour of the plan stands beside what the book indicates, and an empty book indicates nothing', async () => {
  const book = await openBook(readConfiguration({ MERIT_DATA_DIR: folder }).bookUrl)
  await installEditions(book, Date.UTC(2026, 0, 1))
  await book.destroy()
  const { json, text } = await run('en', 'credibility', '--plan', 'motor')
  expect(json).toMatchObject({
    plan: 'motor',
    periodDays: 28,
    behaviours: expect.arrayContaining([
      expect.objectContaining({ behaviour: 'braking', currentK: 1000, kind: 'too-few-risks' }),
    ]),
  })
  expect(text).toMatch(/braking +0 +- +- +1,000 +- +0 policies: it takes two/)
  await expect(run('en', 'credibility', '--plan', 'home')).rejects.toThrow('plan for homes')
  await expect(run('zh-CN', 'credibility', '--plan', 'boats')).rejects.toThrow('没有生效的费率版本')
})
