// `merit additive` as somebody calls it: a file of claims in, an edition, a card and pictures out, refusals in both languages.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { additiveCommands } from '../../main/command-line/additive-command.ts'
import type { Answer } from '../../main/command-line/command.ts'
import { readConfiguration } from '../../main/configuration.ts'
import { terminalMessages } from '../../main/messages/terminal-messages.ts'
import { parseRateableEdition } from '../../pricing/edition/parse-edition.ts'

/** Young drivers in the city claim three times as often as anybody else; drawn with a seed, so the same every time. */
function claims(rows: number): string {
  let state = 11
  const draw = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
  const lines = Array.from({ length: rows }, () => {
    const age = 18 + Math.floor(draw() * 60)
    const region = draw() < 0.4 ? 'city' : 'land'
    const expected = age < 30 && region === 'city' ? 0.6 : 0.2
    return `${age},${region},1,${draw() < expected ? 1 : 0},0.25`
  })
  return ['age,region,exposure,claims,flat', ...lines].join('\n')
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merit-additive-'))
  await writeFile(join(folder, 'claims.csv'), claims(4000))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function run(locale: 'en' | 'zh-CN', ...args: readonly string[]): Promise<Answer> {
  const [command] = additiveCommands
  if (command === undefined) throw new Error('no command')
  const configuration = readConfiguration({ MERIT_DATA_DIR: folder })
  return command.run({ configuration, say: terminalMessages(locale), isJson: false }, args)
}

const columns = ['--response', 'claims', '--exposure', 'exposure', '--factors', 'age,region'] as const

test('a file of claims becomes an edition that parses, a card and pictures', async () => {
  const [data, edition, card, pictures] = ['claims.csv', 'edition.json', 'card.json', 'pictures'].map((name) =>
    join(folder, name),
  )
  const answer = await run(
    'en',
    `${data}`,
    ...columns,
    '--pairs',
    '1',
    '--edition',
    `${edition}`,
    '--card',
    `${card}`,
    '--pictures',
    `${pictures}`,
    '--against',
    'flat',
  )
  expect(String(answer.text)).toContain('region')
  const parsed = parseRateableEdition(JSON.parse(await readFile(`${edition}`, 'utf8')))
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '))
  const kinds = parsed.edition.factors.map(({ kind }) => kind)
  expect(kinds, 'what the two do together has a table of its own').toContain('pair')
  const told: unknown = JSON.parse(await readFile(`${card}`, 'utf8'))
  expect(JSON.stringify(told), 'the pair is in the card').toContain('["age","region"]')
  const drawn = await readdir(`${pictures}`)
  expect(drawn).toContain('diagnostics.html')
  expect(drawn, 'beside what another model expects').toContain('double-lift.svg')
  expect(drawn.filter((name) => name.endsWith('.svg')).length).toBeGreaterThan(3)
})

test.each(['en', 'zh-CN'] as const)('a column that is not there is named: %s', async (locale) => {
  const data = join(folder, 'claims.csv')
  await expect(run(locale, data, '--response', 'claims', '--exposure', 'exposure', '--factors', 'age,colour')).rejects.toThrow(
    /colour/,
  )
  await expect(run(locale, data, '--response', 'claims')).rejects.toThrow(/--exposure/)
})
