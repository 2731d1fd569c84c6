// What is asked of a fleet on the command line, read and held against what this machine has room for.

import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { FaultSwitch } from '../../devices/faults/fault-switch.ts'
import { readRecording } from '../../devices/recording/read-recording.ts'
import { type FleetMember, fleetMember } from '../../devices/scenario/fleet-readings.ts'
import { type LeftOut, type ReadMap, readGeoJson } from '../../devices/simulator/road/read-geojson.ts'
import { CommandError, parseOptions } from '../command-line/command.ts'
import type { TerminalMessages } from '../messages/en.ts'
import { insistOnRoom } from './machine-room.ts'
import { readFaults, scenarioMessages } from './simulate-words.ts'

/** Each device is a connection of this one process. */
export const devicesMax = 20_000
const speedMax = 86_400
const daysMax = 366

export interface FleetChoices {
  readonly members: readonly FleetMember[]
  readonly seed: string
  /** Simulated seconds a second, until the clock is caught up with. */
  readonly speed: number
  /** How long ago simulated time begins. */
  readonly days: number
  readonly faults: readonly FaultSwitch[]
  /** What of the given roads nobody can drive on. */
  readonly leftOut: LeftOut | undefined
}

/** @throws CommandError naming the option and how to mend it; RecordingError */
export async function readFleetOptions(args: readonly string[], say: TerminalMessages): Promise<FleetChoices> {
  const options = parseOptions(args, ['vehicles', 'homes', 'seed', 'speed', 'days', 'faults', 'recording', 'road'])
  const number = (name: string, fallback: number, max: number): number => {
    const text = options.option(name) ?? String(fallback)
    if (!/^\d+(\.\d+)?$/.test(text) || Number(text) > max) throw new CommandError(say.errors.badOption(name, text, `0 … ${max}`))
    return Number(text)
  }
  const whole = (name: string, fallback: number, max: number): number => {
    const value = number(name, fallback, max)
    if (!Number.isInteger(value)) throw new CommandError(say.errors.badOption(name, String(value), `0 … ${max}`))
    return value
  }
  const files = options.options('recording')
  const [vehicles, homes] = [
    whole('vehicles', files.length > 0 ? 0 : 5, devicesMax),
    whole('homes', files.length > 0 ? 0 : 3, devicesMax),
  ]
  const speed = number('speed', 1, speedMax)
  if (speed < 1) throw new CommandError(say.errors.badOption('speed', String(speed), `1 … ${speedMax}`))
  const days = number('days', speed > 1 ? 1 : 0, daysMax)
  const faults = readFaults(scenarioMessages(say.language), options.option('faults'))
  if (faults.some(({ fault }) => fault === 'two-phones'))
    throw new CommandError(scenarioMessages(say.language).needsPolicy('--faults', 'two-phones'))
  const all = vehicles + homes + files.length
  if (all === 0) throw new CommandError(say.errors.badOption('vehicles', '0', '1 or more, or --homes 1 or more'))
  if (all > devicesMax)
    throw new CommandError(say.errors.badOption('vehicles', String(vehicles), `0 … ${devicesMax - homes - files.length}`))
  insistOnRoom(all, 1, '--vehicles, --homes')
  const road = readRoad(options.option('road'), say)
  const members: FleetMember[] = []
  for (let index = 1; index <= vehicles; index += 1) members.push(fleetMember('vehicle', index, days > 0, road?.map))
  for (let index = 1; index <= homes; index += 1) members.push(fleetMember('home', index, days > 0))
  for (const [index, file] of files.entries()) {
    const { recording } = await readRecording(file)
    members.push({ id: `sim-recording-${String(index + 1).padStart(2, '0')}`, kind: recording.kind, recording })
  }
  return { members, seed: options.option('seed') ?? '1', speed, days, faults, leftOut: road?.leftOut }
}

/** @throws CommandError naming the place in the file */
function readRoad(file: string | undefined, say: TerminalMessages): Extract<ReadMap, { readonly kind: 'map' }> | undefined {
  if (file === undefined) return undefined
  const read = readMapFile(file)
  if (read.kind === 'map') return read
  const where = read.at === '' ? read.detail : `${read.at}: ${read.detail}`
  throw new CommandError(say.errors.badOption('road', file, where))
}

function readMapFile(file: string): ReadMap {
  try {
    return readGeoJson(readFileSync(file, 'utf8'), { name: basename(file), timeZone: 'UTC' })
  } catch (error) {
    return { kind: 'problem', problem: 'not-json', at: '', detail: error instanceof Error ? error.message : '' }
  }
}
