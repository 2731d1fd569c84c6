// Walks through the tags and texts of an XML file, in one pass and without building a tree. Entities are never expanded and
// document types are refused, so that a hostile file can neither grow in memory nor reach for another file.

import { type Place, RecordingError, shown } from './recording.ts'

/** GPX nests five levels deep; extensions add a few. */
export const nestingDepthMax = 64

export type XmlToken =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: string; readonly line: number }
  | { readonly kind: 'close'; readonly name: string; readonly line: number }
  | { readonly kind: 'text'; readonly text: string; readonly line: number }

/**
 * Names come without their namespace prefix; an empty element gives an `open` and a `close`.
 *
 * @throws RecordingError when the markup does not close, closes in the wrong order, nests too deep or has a document type
 */
export function* scanXml(file: string, source: string): Generator<XmlToken> {
  const open: string[] = []
  let line = 1
  let at = 0
  /** Moves on to `end` and counts the lines in between. */
  const advance = (end: number): void => {
    for (let index = source.indexOf('\n', at); index !== -1 && index < end; index = source.indexOf('\n', index + 1)) line += 1
    at = end
  }
  const past = (closing: string, what: string): number => {
    const end = source.indexOf(closing, at)
    if (end === -1) throw cutOff({ file, line }, what)
    return end + closing.length
  }
  while (at < source.length) {
    const tag = source.indexOf('<', at)
    const text = source.slice(at, tag === -1 ? source.length : tag)
    if (text.trim() !== '') {
      if (open.length === 0 && text.trim() !== '\uFEFF') throw malformed({ file, line }, 'text outside of any element')
      yield { kind: 'text', text, line }
    }
    advance(tag === -1 ? source.length : tag)
    if (tag === -1) break
    if (source.startsWith('<!--', at)) advance(past('-->', 'a comment'))
    else if (source.startsWith('<![CDATA[', at)) {
      const end = past(']]>', 'a CDATA section')
      yield { kind: 'text', text: source.slice(at + '<![CDATA['.length, end - ']]>'.length), line }
      advance(end)
    } else if (source.startsWith('<?', at)) advance(past('?>', 'a processing instruction'))
    else if (source.startsWith('<!', at)) throw malformed({ file, line }, 'a document type, which a GPX file does not need')
    else {
      const end = tagEnd(source, at)
      if (end === -1) throw cutOff({ file, line }, 'a tag')
      const inside = source.slice(at + 1, end)
      const name = localName(inside)
      if (inside.startsWith('/')) {
        const expected = open.pop()
        if (expected !== name) throw malformed({ file, line }, `</${name}> where </${expected ?? ''}> should close`)
        yield { kind: 'close', name, line }
      } else {
        if (name === '') throw malformed({ file, line }, `${shown(inside)} is not a tag`)
        if (open.length >= nestingDepthMax)
          throw malformed({ file, line }, `more than ${nestingDepthMax} elements inside another`)
        yield { kind: 'open', name, attributes: inside, line }
        if (inside.endsWith('/')) yield { kind: 'close', name, line }
        else open.push(name)
      }
      advance(end + 1)
    }
  }
  if (open.length > 0) throw cutOff({ file, line }, `<${open.at(-1) ?? ''}>`)
}

/** Index of the `>` that ends the tag at `start`; one inside quotes does not count. −1 when there is none. */
function tagEnd(source: string, start: number): number {
  let index = start
  for (;;) {
    const end = source.indexOf('>', index)
    if (end === -1) return -1
    const quote = firstQuote(source, index, end)
    if (quote === -1) return end
    const closing = source.indexOf(source.charAt(quote), quote + 1)
    if (closing === -1) return -1
    index = closing + 1
  }
}

function firstQuote(source: string, from: number, to: number): number {
  for (let index = from; index < to; index += 1) {
    const character = source.charAt(index)
    if (character === '"' || character === "'") return index
  }
  return -1
}

const tagName = /^\/?(?:[\p{L}_][\p{L}\p{N}_.-]*:)?([\p{L}_][\p{L}\p{N}_.-]*)/u

function localName(inside: string): string {
  return tagName.exec(inside)?.[1] ?? ''
}

/** The attribute's text as written, or undefined. */
export function attributeOf(token: { readonly attributes: string }, name: string): string | undefined {
  for (const match of token.attributes.matchAll(/\s([^\s=<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    if (match[1] === name) return match[2] ?? match[3]
  return undefined
}

function cutOff(place: Place, what: string): RecordingError {
  return new RecordingError('truncated', place, `the file ends inside ${what}; it is cut off: copy or export it again.`)
}

function malformed(place: Place, what: string): RecordingError {
  return new RecordingError('bad-form', place, `not well-formed XML: ${what}; export the track again as GPX.`)
}
