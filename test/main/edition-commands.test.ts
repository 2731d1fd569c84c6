// `merit edition …` against a real book: four eyes there too, tables as files, words in both languages.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccount } from '../../dashboard/sign-in/accounts.ts'
import { editionCommands } from '../../main/command-line/edition-commands.ts'
import { editionTableCommands } from '../../main/command-line/edition-table-commands.ts'
import { readConfiguration } from '../../main/configuration.ts'
import { terminalMessages } from '../../main/messages/terminal-messages.ts'
import { installEditions } from '../../pricing/install-editions.ts'
import { openBook } from '../../store/book/open-book.ts'

const folder = mkdtempSync(join(tmpdir(), 'merit-editions-'))
const configuration = readConfiguration({ MERIT_DATA_DIR: folder })
const commands = new Map([...editionCommands, ...editionTableCommands].map((command) => [command.name, command]))

beforeAll(async () => {
  const book = await openBook(configuration.bookUrl)
  await installEditions(book, Date.now() - 60_000)
  for (const name of ['ann', 'ben'])
    await createAccount(book, {
      email: `${name}@example.org`,
      name,
      role: 'insurer',
      password: 'long enough',
      locale: 'en',
      demo: false,
    })
  await book.destroy()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(line: string, locale: 'en' | 'zh-CN' = 'en') {
  const [first = '', ...args] = line.split(' ')
  const command = commands.get(`edition ${first}`)
  if (command === undefined) throw new Error(`no command ${first}`)
  const answer = await command.run({ configuration, say: terminalMessages(locale), isJson: false }, args)
  const exitCode = process.exitCode ?? 0
  process.exitCode = 0
  return { text: String(answer.text), json: Object(answer.json), exitCode }
}

test('from a table of a spreadsheet to a submitted edition, each step by whom it takes', async () => {
  const list = await run('list --plan motor')
  expect(list.text).toMatch(/motor-[0-9a-f]{8} .* active/)
  const { id } = (await run(`draft --from ${list.json[0].id} --title Dearer --as ann@example.org`)).json
  await expect(run(`submit ${id} --as cem@example.org`)).rejects.toThrow('There is no account cem@example.org of an insurer')
  const file = join(folder, 'factor-region.csv')
  writeFileSync(file, 'level;factor\ncountry;0,93\ntown;1\ncity;1,3\n')
  const bad = await run(`import ${id} ${file}`)
  expect([bad.exitCode, bad.text]).toEqual([
    1,
    expect.stringContaining('line 2, column factor   "0,93" has the wrong decimal mark; write 0.93.'),
  ])
  expect((await run(`import ${id} ${file}`, 'zh-CN')).text).toContain('第 4 行“factor”列   “1,3”的小数点不正确，请写成 1.3。')
  writeFileSync(file, 'level;factor\ncountry;0.93\ntown;1\ncity;1.3\n')
  const seen = await run(`import ${id} ${file}`)
  expect(seen.text).toMatch(/factor-region +city +factor +1\.12 +1\.3 +\+16\.1%/)
  await expect(run(`import ${id} ${file} --take ${'a'.repeat(64)} --as ann@example.org`)).rejects.toThrow('another document')
  expect((await run(`import ${id} ${file} --take ${seen.json.takenHash} --as ann@example.org`)).json).toMatchObject({
    hash: seen.json.takenHash,
  })
  expect(await run(`check ${id}`)).toMatchObject({ exitCode: 1 })
  await expect(run(`submit ${id} --as ann@example.org`)).rejects.toThrow('Mend them first')
  await run(`rate-test-cases ${id} --as ann@example.org`)
  expect(await run(`check ${id}`)).toMatchObject({ exitCode: 0 })
  await run(`submit ${id} --as ben@example.org --comment Cities`)
  for (const name of ['ann', 'ben'])
    await expect(run(`approve ${id} --as ${name}@example.org`)).rejects.toThrow('does not approve it')
  const shown = await run(`show ${id}`, 'zh-CN')
  expect(shown.text).toContain('待审批')
  expect((await run(`withdraw ${id} --as ann@example.org`)).text).toBe(`Edition ${id} is withdrawn.`)
})

test('every table is written to a folder, one of them to the terminal, and both are the same', async () => {
  const { json } = await run('list --plan home')
  const out = join(folder, 'tables')
  const { tables } = (await run(`export ${json[0].id} --out ${out}`)).json
  for (const table of tables)
    expect(readFileSync(join(out, `${table}.csv`), 'utf8').trimEnd()).toBe(
      (await run(`export ${json[0].id} --table ${table}`)).text,
    )
  await run(`export ${json[0].id} --out ${out}.zip`)
  expect(readFileSync(`${out}.zip`).subarray(0, 2).toString()).toBe('PK')
  expect((await run(`diff ${json[0].id} ${json[0].id}`)).text).toBe('No difference.')
})
