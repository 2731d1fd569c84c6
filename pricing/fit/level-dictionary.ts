// The levels of a text column while a file is being read: bytes to code by a hash table, so that a text is made once a level.

const firstSlots = 256

/** Codes are given in the order of appearance; `sorted` gives them anew in the order of the levels. */
export class LevelDictionary {
  readonly #bytes: Uint8Array
  readonly #levels: string[] = []
  /** Where each level first stood in the bytes. */
  readonly #from: number[] = []
  readonly #length: number[] = []
  readonly #escaped = new Map<string, number>()
  #slots = new Int32Array(firstSlots).fill(-1)

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** @param isEscaped whether the text holds doubled quotes */
  codeOf(from: number, end: number, isEscaped: boolean): number {
    if (isEscaped) return this.#escapedCode(from, end)
    const mask = this.#slots.length - 1
    let slot = this.#hash(from, end) & mask
    for (;;) {
      const code = this.#slots[slot] ?? -1
      if (code === -1) return this.#add(slot, from, end)
      if (this.#isAt(code, from, end)) return code
      slot = (slot + 1) & mask
    }
  }

  #escapedCode(from: number, end: number): number {
    const text = this.#text(from, end).replaceAll('""', '"')
    const known = this.#escaped.get(text)
    if (known !== undefined) return known
    const code = this.#levels.push(text) - 1
    this.#from.push(-1)
    this.#length.push(-1)
    this.#escaped.set(text, code)
    return code
  }

  #add(slot: number, from: number, end: number): number {
    const code = this.#levels.push(this.#text(from, end)) - 1
    this.#from.push(from)
    this.#length.push(end - from)
    this.#slots[slot] = code
    if (this.#levels.length * 2 > this.#slots.length) this.#widen()
    return code
  }

  #widen(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(-1)
    this.#from.forEach((from, code) => {
      if (from === -1) return
      let slot = this.#hash(from, from + (this.#length[code] ?? 0)) & (slots.length - 1)
      while (slots[slot] !== -1) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = code
    })
    this.#slots = slots
  }

  /** FNV-1a. */
  #hash(from: number, end: number): number {
    let hash = 0x811c9dc5
    for (let at = from; at < end; at++) hash = Math.imul(hash ^ (this.#bytes[at] ?? 0), 0x01000193)
    return hash ^ (hash >>> 15)
  }

  #isAt(code: number, from: number, end: number): boolean {
    const length = this.#length[code] ?? 0
    if (length !== end - from) return false
    const start = this.#from[code] ?? 0
    for (let at = 0; at < length; at++) if (this.#bytes[start + at] !== this.#bytes[from + at]) return false
    return true
  }

  #text(from: number, end: number): string {
    return new TextDecoder().decode(this.#bytes.subarray(from, end))
  }

  /** @param codes in the order of appearance; they are changed in place */
  sorted(codes: Int32Array): { readonly levels: readonly string[]; readonly codes: Int32Array } {
    const levels = [...new Set(this.#levels)].sort()
    const place = new Map(levels.map((level, index) => [level, index]))
    const renumbered = Int32Array.from(this.#levels, (level) => place.get(level) ?? 0)
    for (let row = 0; row < codes.length; row++) codes[row] = renumbered[codes[row] ?? 0] ?? 0
    return { levels, codes }
  }
}
