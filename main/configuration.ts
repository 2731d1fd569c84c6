// Every setting Merit reads from its environment, in one typed table: name, default, form and what it is for. The README's
// table is this one; nothing else reads `process.env`.

import { isAbsolute, resolve } from 'node:path'

/** A setting has the wrong form. Its message says which, what was found and what is expected. */
export class ConfigurationError extends Error {
  readonly code = 'bad-configuration'
}

interface Variable<Value> {
  readonly name: string
  /** As it would be written in the environment; the README shows it. */
  readonly fallback: string
  readonly expects: string
  readonly describes: string
  /** The value, or undefined when the text does not have the expected form. */
  readonly parse: (text: string) => Value | undefined
}

function variable<Value>(
  name: string,
  fallback: string,
  expects: string,
  describes: string,
  parse: (text: string) => Value | undefined,
): Variable<Value> {
  return { name, fallback, expects, describes, parse }
}

const portForm = 'a port number from 1 to 65535'
const switchForm = '0 or 1'

export const variables = {
  host: variable('MERIT_HOST', '127.0.0.1', 'an address to listen on', 'Address that every listener binds to.', parseText),
  httpPort: variable('MERIT_HTTP_PORT', '3000', portForm, 'Dashboard and API.', parsePort),
  mqttPort: variable('MERIT_MQTT_PORT', '1883', portForm, 'MQTT over TCP.', parsePort),
  mqttWsPort: variable('MERIT_MQTT_WS_PORT', '8083', portForm, 'MQTT over WebSocket.', parsePort),
  edgeHttpPort: variable('MERIT_EDGE_HTTP_PORT', '9100', portForm, "Edge's /healthz and /metrics.", parsePort),
  studioPort: variable('MERIT_STUDIO_PORT', '1880', portForm, 'Node-RED with Merit’s nodes (`npm run studio`).', parsePort),
  mqttUrl: variable(
    'MERIT_MQTT_URL',
    '',
    'mqtt://USER:PASSWORD@HOST:1883, mqtts://, ws:// or wss://, or empty',
    'A broker of your own (Mosquitto, EMQX, HiveMQ) in place of the one in edge; it says who may publish where. Empty: the one in edge.',
    (text) => (text === '' || (/^(mqtts?|wss?):\/\/[^\s]+$/.test(text) && URL.canParse(text)) ? text : undefined),
  ),
  mqttGroup: variable(
    'MERIT_MQTT_GROUP',
    'merit',
    'letters, digits, - and _',
    'With MERIT_MQTT_URL: edges of the same group share its messages ($share).',
    (text) => (/^[A-Za-z0-9_-]{1,40}$/.test(text) ? text : undefined),
  ),
  dataDir: variable('MERIT_DATA_DIR', './data', 'a folder', 'Everything Merit keeps: journal, telemetry, book.', parseFolder),
  telemetryUrl: variable(
    'MERIT_TELEMETRY_URL',
    'sqlite:telemetry.db',
    'sqlite:FILE (relative to the data folder) or influxdb://USER:PASSWORD@HOST:8086/DATABASE',
    'Where readings are stored.',
    (text) => parseUrl(text, ['sqlite:', 'influxdb:', 'influxdbs:']),
  ),
  bookUrl: variable(
    'MERIT_BOOK_URL',
    'sqlite:book.db',
    'sqlite:FILE (relative to the data folder)',
    'Where policies, trips and premiums are kept.',
    (text) => parseUrl(text, ['sqlite:']),
  ),
  demo: variable(
    'MERIT_DEMO',
    '1',
    switchForm,
    '1: demo book, accounts and fleet when the data folder is empty. 0: start empty.',
    parseSwitch,
  ),
  journalMegabytesMax: variable(
    'MERIT_JOURNAL_MB_MAX',
    '1024',
    'a whole number of megabytes, 16 or more',
    'How much the journal may hold while the store is away; beyond it devices get no PUBACK and keep their data.',
    (text) => parseWhole(text, 16, 1_048_576),
  ),
  secret: variable(
    'MERIT_SECRET',
    '',
    'at least 32 characters, or empty',
    'Signs sessions. Empty: made at the first start and kept in the data folder.',
    (text) => (text === '' || text.length >= 32 ? text : undefined),
  ),
  publicUrl: variable(
    'MERIT_PUBLIC_URL',
    '',
    'an http(s) address, or empty',
    'The address people type, when a proxy stands in front. Empty: the address of the dashboard itself.',
    (text) => (text === '' || /^https?:\/\/[^\s/]+$/.test(text) ? text : undefined),
  ),
  nudgeHookUrl: variable(
    'MERIT_NUDGE_HOOK_URL',
    '',
    'an http(s) address, or empty',
    'Where messages about goals are posted too, signed with MERIT_NUDGE_HOOK_SECRET; see the API page. Empty: nowhere.',
    (text) => (text === '' || /^https?:\/\/[^\s]+$/.test(text) ? text : undefined),
  ),
  nudgeHookSecret: variable(
    'MERIT_NUDGE_HOOK_SECRET',
    '',
    'at least 16 characters, or empty',
    'Signs what is posted to MERIT_NUDGE_HOOK_URL.',
    (text) => (text === '' || text.length >= 16 ? text : undefined),
  ),
  tilesUrl: variable(
    'MERIT_TILES_URL',
    '',
    'an http(s) address with {z}, {x} and {y}, the address of a MapLibre style, or empty',
    'Tiles that trips are shown on, raster or a style; all that it needs comes from this one host. Empty: own drawings, and no other host is asked.',
    (text) => (text === '' || (/^https?:\/\/[^\s]+$/.test(text) && URL.canParse(text)) ? text : undefined),
  ),
  tilesAttribution: variable(
    'MERIT_TILES_ATTRIBUTION',
    '',
    'a line of text, or empty',
    'Whom the map names as the source of its tiles, such as © OpenStreetMap contributors.',
    (text) => (text.length <= 200 ? text : undefined),
  ),
  locale: variable('MERIT_LOCALE', '', 'en, zh-CN or empty', "Language of the terminal. Empty: the system's.", parseLocale),
  logLevel: variable('MERIT_LOG', 'info', 'debug, info, warn, error or silent', 'How much the log says.', parseLogLevel),
} as const satisfies Readonly<Record<string, Variable<unknown>>>

type Variables = typeof variables
export type Configuration = { readonly [Name in keyof Variables]: ValueOf<Variables[Name]> } & {
  /** Ports that were set by hand: a busy one is an error; a busy default moves to the next free one. */
  readonly portsSet: ReadonlySet<'httpPort' | 'mqttPort' | 'mqttWsPort' | 'edgeHttpPort'>
}
type ValueOf<Entry> = Entry extends Variable<infer Value> ? Value : never

/** @throws ConfigurationError naming the first variable that has the wrong form */
export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): Configuration {
  const read = <Value>(entry: Variable<Value>): Value => readVariable(entry, environment)
  const dataDir = read(variables.dataDir)
  const [nudgeHookUrl, nudgeHookSecret] = [read(variables.nudgeHookUrl), read(variables.nudgeHookSecret)]
  if (nudgeHookUrl !== '' && nudgeHookSecret === '')
    throw new ConfigurationError(
      'MERIT_NUDGE_HOOK_URL is set without MERIT_NUDGE_HOOK_SECRET: the receiver could not tell who posts.',
    )
  return {
    host: read(variables.host),
    httpPort: read(variables.httpPort),
    mqttPort: read(variables.mqttPort),
    mqttWsPort: read(variables.mqttWsPort),
    edgeHttpPort: read(variables.edgeHttpPort),
    studioPort: read(variables.studioPort),
    mqttUrl: read(variables.mqttUrl),
    mqttGroup: read(variables.mqttGroup),
    dataDir,
    telemetryUrl: withinFolder(read(variables.telemetryUrl), dataDir),
    bookUrl: withinFolder(read(variables.bookUrl), dataDir),
    demo: read(variables.demo),
    journalMegabytesMax: read(variables.journalMegabytesMax),
    secret: read(variables.secret),
    publicUrl: read(variables.publicUrl),
    nudgeHookUrl,
    nudgeHookSecret,
    tilesUrl: read(variables.tilesUrl),
    tilesAttribution: read(variables.tilesAttribution),
    locale: read(variables.locale),
    logLevel: read(variables.logLevel),
    portsSet: new Set(
      (['httpPort', 'mqttPort', 'mqttWsPort', 'edgeHttpPort'] as const).filter((name) =>
        isSet(environment, variables[name].name),
      ),
    ),
  }
}

/** The same configuration as environment variables, for a child process. */
export function toEnvironment(configuration: Configuration): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([key, entry]) => {
      const value: unknown = Reflect.get(configuration, key)
      return [entry.name, typeof value === 'boolean' ? (value ? '1' : '0') : String(value)]
    }),
  )
}

/** Variables that look like Merit's and are not: most likely misspelt, so worth a warning. */
export function unknownVariables(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = new Set<string>(Object.values(variables).map((entry) => entry.name))
  return Object.keys(environment).filter((name) => name.startsWith('MERIT_') && !known.has(name) && name !== switchOfTests)
}

/** Of the test suite, not of the product: a missing service fails instead of being skipped. */
const switchOfTests = 'MERIT_REQUIRE_SERVICES'

function readVariable<Value>(entry: Variable<Value>, environment: Readonly<Record<string, string | undefined>>): Value {
  const text = isSet(environment, entry.name) ? (environment[entry.name] ?? '').trim() : entry.fallback
  const value = entry.parse(text)
  if (value === undefined) throw new ConfigurationError(`${entry.name} is ${JSON.stringify(text)}; expected ${entry.expects}.`)
  return value
}

function isSet(environment: Readonly<Record<string, string | undefined>>, name: string): boolean {
  return (environment[name] ?? '').trim() !== ''
}

function parseText(text: string): string | undefined {
  return text === '' || /\s/.test(text) ? undefined : text
}

function parseWhole(text: string, min: number, max: number): number | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max ? value : undefined
}

function parsePort(text: string): number | undefined {
  return parseWhole(text, 1, 65_535)
}

function parseSwitch(text: string): boolean | undefined {
  if (text === '1') return true
  return text === '0' ? false : undefined
}

function parseFolder(text: string): string | undefined {
  return text === '' ? undefined : resolve(text)
}

function parseUrl(text: string, schemes: readonly string[]): string | undefined {
  return schemes.some((scheme) => text.startsWith(scheme) && text.length > scheme.length) ? text : undefined
}

function parseLocale(text: string): '' | 'en' | 'zh-CN' | undefined {
  return (['', 'en', 'zh-CN'] as const).find((locale) => locale === text)
}

function parseLogLevel(text: string): 'debug' | 'info' | 'warn' | 'error' | 'silent' | undefined {
  return (['debug', 'info', 'warn', 'error', 'silent'] as const).find((level) => level === text)
}

/** A `sqlite:` file with a relative path lies in the data folder. */
function withinFolder(url: string, folder: string): string {
  if (!url.startsWith('sqlite:')) return url
  const path = url.slice('sqlite:'.length)
  return isAbsolute(path) ? url : `sqlite:${resolve(folder, path)}`
}
