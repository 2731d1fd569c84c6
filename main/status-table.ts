// What `npm start` shows: where everything is, the demo's sign-ins, and a line of live counts. Pure text.

import type { TerminalMessages } from './messages/en.ts'

export interface Addresses {
  readonly dashboardUrl: string
  readonly mqttAddress: string
  readonly mqttWsUrl: string
  readonly edgeUrl: string
  readonly dataDir: string
}

export interface SignIn {
  readonly role: keyof TerminalMessages['roles']
  readonly email: string
  readonly password: string
  /** Of another insurer than the first. */
  readonly insurer?: string | undefined
}

export interface Counts {
  readonly messages: number
  readonly readings: number
  readonly trips: number
  readonly premiums: number
}

export function statusTable(say: TerminalMessages, addresses: Addresses, signIns: readonly SignIn[]): string {
  const places = columns([
    [say.dashboard, addresses.dashboardUrl],
    [say.mqtt, `${addresses.mqttAddress}  (${say.overWebSocket(addresses.mqttWsUrl)})`],
    [say.edge, `${addresses.edgeUrl}/healthz  /metrics`],
    [say.dataFolder, addresses.dataDir],
  ])
  const accounts = signIns.map((signIn) => [
    say.roles[signIn.role],
    signIn.email,
    signIn.password,
    ...(signIn.insurer === undefined ? [] : [`(${signIn.insurer})`]),
  ])
  const doors = accounts.length === 0 ? '' : `\n${columns([[say.signInAs, say.email, say.password], ...accounts])}\n`
  return `\n  ${say.running}\n\n${places}\n${doors}`
}

export function countsLine(say: TerminalMessages, counts: Counts): string {
  const format = (count: number) => count.toLocaleString('en')
  return `  ${say.counts(format(counts.messages), format(counts.readings), format(counts.trips), format(counts.premiums))}`
}

/** Rows of cells, padded to equal width; Chinese characters take two columns of a terminal. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell))
  }
  return rows
    .map((row) => `  ${row.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell))).join('   ')}`.trimEnd())
    .join('\n')
}

function widthOf(text: string): number {
  let width = 0
  for (const character of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(character)
      ? 2
      : 1
  return width
}
