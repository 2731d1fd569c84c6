// Follows MQTT packet boundaries in a byte stream and says, at the fixed header, when a packet is larger than allowed: the
// parser behind it would otherwise collect a packet of any announced size. Only lengths are read; contents are the parser's.

/** A CONNECT with id, secret and a Last Will stays far below; nobody unknown may send more. */
export const unknownPacketBytesMax = 4 * 1024
/** The largest packet of a device: a batch of 1,000 readings fits. */
export const packetBytesMax = 256 * 1024

/** Where in a packet the stream stands. */
export type PacketProgress =
  | { readonly kind: 'header' }
  | { readonly kind: 'length'; readonly bytes: number; readonly multiplier: number }
  | { readonly kind: 'body'; readonly bytesLeft: number }

export type PacketScan =
  /** `consumed` bytes of the chunk may pass; fewer than the chunk has only when `packetsMax` packets ended before its end. */
  | { readonly kind: 'within'; readonly progress: PacketProgress; readonly consumed: number }
  | { readonly kind: 'too-large'; readonly bytes: number }
  /** The length field goes on beyond its four bytes. */
  | { readonly kind: 'malformed' }

export const packetStart: PacketProgress = { kind: 'header' }

/** MQTT 3.1.1 §2.2.3: seven bits a byte, four bytes at most. */
const lastMultiplier = 128 ** 3

/**
 * @param bytesMax limit of a packet's remaining length
 * @param packetsMax stop behind this many packets that end in this chunk
 */
export function scanPackets(
  progress: PacketProgress,
  chunk: Uint8Array,
  bytesMax: number,
  packetsMax = Number.POSITIVE_INFINITY,
): PacketScan {
  let at = 0
  let packets = 0
  while (at < chunk.length) {
    if (progress.kind === 'header') {
      at += 1
      progress = { kind: 'length', bytes: 0, multiplier: 1 }
      continue
    }
    if (progress.kind === 'length') {
      const byte = chunk[at] ?? 0
      at += 1
      const bytes = progress.bytes + (byte & 127) * progress.multiplier
      if (bytes > bytesMax) return { kind: 'too-large', bytes }
      if (byte >= 128) {
        if (progress.multiplier === lastMultiplier) return { kind: 'malformed' }
        progress = { kind: 'length', bytes, multiplier: progress.multiplier * 128 }
        continue
      }
      progress = { kind: 'body', bytesLeft: bytes }
    } else {
      const taken = Math.min(progress.bytesLeft, chunk.length - at)
      at += taken
      progress = { kind: 'body', bytesLeft: progress.bytesLeft - taken }
    }
    if (progress.bytesLeft > 0) continue
    progress = packetStart
    packets += 1
    if (packets === packetsMax) break
  }
  return { kind: 'within', progress, consumed: at }
}
