// What the loader publishes: the batches that simulated vehicles send, put into bytes once, with the places where a message's number
// and its times stand, so that the next message is a few digits written over. Pure.

import type { Reading } from '../../../devices/contract/reading.ts'
import { encodeTelemetry } from '../../../devices/contract/telemetry.ts'
import { driverNames } from '../../../devices/simulator/drive.ts'
import { driveOn } from '../../../devices/simulator/vehicle.ts'

export interface MessageTemplate {
  readonly payload: Buffer
  /** Where the digits begin. */
  readonly seqAt: number
  readonly sentAt: number
  readonly timesAt: readonly number[]
}

/** Numbers of six digits: as many messages as a connection may send. */
export const firstSeq = 100_000
export const messagesPerConnectionMax = 900_000

const batchesOfVehicle = 20
/** Thirteen digits, as every time until the year 2286 has; not to be found anywhere else in a message. */
const markedTimeMs = 1_111_111_111_111
const markedSentMs = 1_222_222_222_222
const markedSeq = 133_333
const seqDigits = 6
const timeDigits = 13
const zero = 48

/** Of one vehicle a driver, one after the other. */
export function messageTemplates(readingsPerMessage: number): readonly MessageTemplate[] {
  return driverNames.flatMap((style) => {
    const drive = driveOn({ seed: 'bench', device: style, style, startMs: Date.UTC(2025, 0, 6, 8), firstTripAfterS: 0 })
    return Array.from({ length: batchesOfVehicle }, () => {
      const readings: Reading[] = []
      // Not `for … of`: that would end the drive with the first batch.
      while (readings.length < readingsPerMessage) {
        const { value } = drive.next()
        if (value === undefined) throw new Error('The drive of the bench ended.')
        readings.push({ ...value, takenAtMs: markedTimeMs })
      }
      return template(encodeTelemetry('vehicle', markedSeq, markedSentMs, readings))
    })
  })
}

function template(text: string): MessageTemplate {
  const payload = Buffer.from(text)
  return {
    payload,
    seqAt: payload.indexOf(String(markedSeq)),
    sentAt: payload.indexOf(String(markedSentMs)),
    timesAt: placesOf(payload, String(markedTimeMs)),
  }
}

function placesOf(payload: Buffer, text: string): readonly number[] {
  const places: number[] = []
  for (let at = payload.indexOf(text); at >= 0; at = payload.indexOf(text, at + text.length)) places.push(at)
  return places
}

/** A whole PUBLISH at QoS 1 of the template, its readings a second apart. [MQTT-3.3] */
export function publishPacket(
  topic: Buffer,
  packetId: number,
  { payload, seqAt, sentAt, timesAt }: MessageTemplate,
  stamp: { readonly seq: number; readonly sentMs: number; readonly firstMs: number },
): Buffer {
  const remaining = 2 + topic.length + 2 + payload.length
  const lengthBytes = remainingLength(remaining)
  const packet = Buffer.allocUnsafe(1 + lengthBytes.length + remaining)
  packet[0] = 0x32
  lengthBytes.copy(packet, 1)
  let at = 1 + lengthBytes.length
  at = packet.writeUInt16BE(topic.length, at)
  at += topic.copy(packet, at)
  at = packet.writeUInt16BE(packetId, at)
  payload.copy(packet, at)
  writeDigits(packet, at + seqAt, seqDigits, stamp.seq)
  writeDigits(packet, at + sentAt, timeDigits, stamp.sentMs)
  let takenAtMs = stamp.firstMs
  for (const place of timesAt) {
    writeDigits(packet, at + place, timeDigits, takenAtMs)
    takenAtMs += 1000
  }
  return packet
}

/** [MQTT-2.2.3] */
export function remainingLength(length: number): Buffer {
  const bytes: number[] = []
  let left = length
  do {
    const more = Math.floor(left / 128)
    bytes.push((left % 128) + (more > 0 ? 128 : 0))
    left = more
  } while (left > 0)
  return Buffer.from(bytes)
}

function writeDigits(into: Buffer, at: number, digits: number, value: number): void {
  let left = value
  for (let place = at + digits - 1; place >= at; place -= 1) {
    into[place] = zero + (left % 10)
    left = Math.floor(left / 10)
  }
}
