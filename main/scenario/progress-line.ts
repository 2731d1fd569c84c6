// One line on standard error that says how far something is: rewritten in place on a terminal, a line now and then elsewhere.

/** A log wants to know that something goes on, not every step of it. */
const logEveryMs = 5000

export interface ProgressLine {
  show(text: string): void
  /** Leaves the terminal as it was. */
  clear(): void
}

export function createProgressLine(stream: NodeJS.WriteStream, isQuiet: boolean): ProgressLine {
  let shownAtMs = Number.NEGATIVE_INFINITY
  let isShown = false
  return {
    show(text) {
      if (stream.isTTY) {
        stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, stream.columns - 1))}`)
        isShown = true
      } else if (!isQuiet && performance.now() - shownAtMs >= logEveryMs) {
        shownAtMs = performance.now()
        stream.write(`${text}\n`)
      }
    },
    clear() {
      if (isShown) stream.write('\r\u001b[2K')
      isShown = false
    },
  }
}
