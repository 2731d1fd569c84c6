// The settings: their defaults, what each refuses, and that the README's table is theirs.

import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigurationError, readConfiguration, toEnvironment, unknownVariables } from '../../main/configuration.ts'
import { withSettingsTable } from '../../main/readme-settings.ts'
import { root } from '../source-tree.ts'

test('without any variable every default holds', () => {
  const configuration = readConfiguration({})
  expect(configuration).toMatchObject({
    host: '127.0.0.1',
    httpPort: 3000,
    mqttPort: 1883,
    demo: true,
    dataDir: resolve('./data'),
  })
  expect(configuration.bookUrl).toBe(`sqlite:${resolve('./data/book.db')}`)
  expect(configuration.portsSet.size).toBe(0)
})

test.each([
  ['MERIT_HTTP_PORT', '0'],
  ['MERIT_HTTP_PORT', '65536'],
  ['MERIT_MQTT_PORT', '18x3'],
  ['MERIT_MQTT_WS_PORT', '-1'],
  ['MERIT_EDGE_HTTP_PORT', '1e3'],
  ['MERIT_DEMO', 'yes'],
  ['MERIT_TELEMETRY_URL', 'mysql://localhost/merit'],
  ['MERIT_BOOK_URL', 'sqlite:'],
  ['MERIT_JOURNAL_MB_MAX', '1'],
  ['MERIT_SECRET', 'too short'],
  ['MERIT_PUBLIC_URL', 'merit.example.org'],
  ['MERIT_LOCALE', 'de'],
  ['MERIT_LOG', 'loud'],
  ['MERIT_HOST', 'two words'],
])('%s=%s is refused with the variable, the value and what is expected', (name, value) => {
  const read = () => readConfiguration({ [name]: value })
  expect(read).toThrow(ConfigurationError)
  expect(read).toThrow(new RegExp(`^${name} is "${value}"; expected .+\\.$`))
})

test('a port that was set is remembered as set; an empty variable is one that was not', () => {
  const { portsSet } = readConfiguration({ MERIT_HTTP_PORT: '8000', MERIT_MQTT_PORT: ' ' })
  expect([...portsSet]).toEqual(['httpPort'])
})

test('a child process is told the same configuration', () => {
  const given = readConfiguration({ MERIT_DATA_DIR: '/tmp/merit', MERIT_DEMO: '0', MERIT_HTTP_PORT: '4000' })
  const { portsSet: _, ...read } = readConfiguration(toEnvironment(given))
  expect(given).toMatchObject(read)
})

test('a misspelt variable is noticed', () => {
  expect(unknownVariables({ MERIT_HTTPPORT: '1', MERIT_DEMO: '1', PATH: '' })).toEqual(['MERIT_HTTPPORT'])
})

test('the README shows the table of settings as it is', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  expect(withSettingsTable(readme)).toBe(readme)
})
