// Server-sent events out of a stream of text, as the HTML standard's "event stream" says (the fields `event` and `data`; comments
// and other fields are passed over). Pure but for the stream that it reads.

export interface ServerEvent {
  readonly event: string
  readonly data: string
}

/** A frame is a trip or a batch of messages; a longer one is not from Merit. */
const frameCharactersMax = 4 * 1024 * 1024

/** @throws Error `event-too-long` */
export async function* serverEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent, void, undefined> {
  const decoder = new TextDecoder()
  let pending = ''
  for await (const chunk of chunks) {
    // A carriage return at the end of a chunk may be half of a line's end: it waits for the rest.
    const text = pending + decoder.decode(chunk, { stream: true })
    const isHalf = text.endsWith('\r')
    const frames = (isHalf ? text.slice(0, -1) : text).replaceAll(/\r\n?/g, '\n').split('\n\n')
    pending = (frames.pop() ?? '') + (isHalf ? '\r' : '')
    if (pending.length > frameCharactersMax)
      throw Object.assign(new Error('The event stream sends something that is no event.'), { code: 'event-too-long' })
    for (const frame of frames) {
      const event = eventOf(frame)
      if (event !== undefined) yield event
    }
  }
}

function eventOf(frame: string): ServerEvent | undefined {
  let event = 'message'
  const data: string[] = []
  for (const line of frame.split('\n')) {
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') event = value
    else if (field === 'data') data.push(value)
  }
  return data.length === 0 ? undefined : { event, data: data.join('\n') }
}
