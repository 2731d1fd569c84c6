// Where the running Merit of a data folder listens, kept in `running.json` there, so that the command line finds it even
// when a busy default port has moved.

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Configuration } from './configuration.ts'

const RunningSchema = Type.Object({
  pid: Type.Integer({ minimum: 1 }),
  host: Type.String(),
  httpPort: Type.Integer(),
  mqttPort: Type.Integer(),
  mqttWsPort: Type.Integer(),
  edgeHttpPort: Type.Integer(),
})
export type Running = Type.Static<typeof RunningSchema>
const running = Compile(RunningSchema)

export function writeRunning(dataDir: string, value: Running): void {
  writeFileSync(fileIn(dataDir), `${JSON.stringify(value, null, 2)}\n`)
}

export function forgetRunning(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true })
}

/** The supervisor at work on this data folder, or undefined. */
export function findRunning(dataDir: string): Running | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(fileIn(dataDir), 'utf8'))
    return running.Check(value) && isAlive(value.pid) ? value : undefined
  } catch {
    return undefined
  }
}

/** The configuration with the ports that Merit really listens on, unless they were set by hand. */
export function atRunningPorts(configuration: Configuration): Configuration {
  const found = findRunning(configuration.dataDir)
  if (found === undefined) return configuration
  const keep = configuration.portsSet
  return {
    ...configuration,
    httpPort: keep.has('httpPort') ? configuration.httpPort : found.httpPort,
    mqttPort: keep.has('mqttPort') ? configuration.mqttPort : found.mqttPort,
    mqttWsPort: keep.has('mqttWsPort') ? configuration.mqttWsPort : found.mqttWsPort,
    edgeHttpPort: keep.has('edgeHttpPort') ? configuration.edgeHttpPort : found.edgeHttpPort,
  }
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'running.json')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
