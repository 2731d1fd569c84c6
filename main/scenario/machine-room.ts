// Whether this machine has room for so many devices: open files, memory and ports, as they are and as they would have to be. Said in
// words before anything starts.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { freemem } from 'node:os'
import { CommandError } from '../command-line/command.ts'

/** One socket of the device, and one of the broker where it runs in this process too. */
export type Ends = 1 | 2
/** Databases, journal, listeners, the program itself. */
const filesBesides = 200
/** Of each end; measured with 10,000 connected devices that measure and publish. */
export const bytesPerEnd = 50 * 1024
const bytesBesides = 250 * 1024 * 1024
/** To one address and port a machine has this many ports of its own, unless told otherwise. */
const portsUsual = 28_000

export interface Room {
  readonly filesMax: number
  readonly freeBytes: number
  readonly portsMax: number
}

/** Undefined when there is room; otherwise what is too little and how to mend it. */
export function lackOfRoom(
  devices: number,
  ends: Ends,
  room: Room,
): { readonly problem: string; readonly mend: string } | undefined {
  const files = devices * ends + filesBesides
  if (files > room.filesMax)
    return {
      problem: `${devices} devices need ${files} open files (${ends} each and ${filesBesides} besides), and this shell allows ${room.filesMax}`,
      mend: `raise it with "ulimit -n ${files}" or ask for at most ${Math.max(0, Math.floor((room.filesMax - filesBesides) / ends))} devices`,
    }
  if (devices > room.portsMax)
    return {
      problem: `${devices} devices need a port each, and this machine has ${room.portsMax} for one address`,
      mend: `ask for fewer devices or widen net.ipv4.ip_local_port_range`,
    }
  const bytes = devices * (ends * bytesPerEnd) + bytesBesides
  if (bytes > room.freeBytes)
    return {
      problem: `${devices} devices need about ${megabytes(bytes)} MB of memory (${(ends * bytesPerEnd) / 1024} KiB each), and ${megabytes(room.freeBytes)} MB are free`,
      mend: 'end other programs or ask for fewer devices',
    }
  return undefined
}

/** @param where the place in what was asked for: a JSON pointer, an option, a scenario's name; @throws CommandError */
export function insistOnRoom(devices: number, ends: Ends, where: string): void {
  const lack = lackOfRoom(devices, ends, roomOfMachine())
  if (lack !== undefined) throw new CommandError(`${where}: ${lack.problem}; ${lack.mend}.`)
}

export function roomOfMachine(): Room {
  return { filesMax: openFilesMax(), freeBytes: availableBytes(), portsMax: localPorts() }
}

/** Node raises its own limit to the hard one at the start, so the hard one counts. */
function openFilesMax(): number {
  const limits = tryRead('/proc/self/limits')
  const found = /^Max open files\s+(\d+|unlimited)/m.exec(limits)?.[1] ?? ulimit()
  return found === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(found)
}

function ulimit(): string {
  try {
    return execFileSync('/bin/sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim()
  } catch {
    return 'unlimited'
  }
}

/** What the system could give back at once counts as free, where it says so. */
function availableBytes(): number {
  const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(tryRead('/proc/meminfo'))?.[1]
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024
}

function localPorts(): number {
  const [first, last] = tryRead('/proc/sys/net/ipv4/ip_local_port_range').trim().split(/\s+/).map(Number)
  return first === undefined || last === undefined || !(last > first) ? portsUsual : last - first + 1
}

function tryRead(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_048_576)
}
