// A series of premiums as a stepped line: a premium holds until the next one. In order of computation, evenly spaced,
// because replayed drives change it many times within a minute.

export interface HistoryLine {
  readonly path: string
  readonly last: { readonly x: number; readonly y: number }
}

export function historyLine(
  premiums: readonly { readonly premiumMinor: number }[],
  { width, height, margin }: { readonly width: number; readonly height: number; readonly margin: number },
): HistoryLine {
  const amounts = premiums.map(({ premiumMinor }) => premiumMinor)
  const lowest = Math.min(...amounts)
  const span = Math.max(...amounts) - lowest
  const y = (minor: number): number =>
    span === 0 ? height / 2 : tenth(height - margin - ((minor - lowest) / span) * (height - 2 * margin))
  const stepX = (width - 2 * margin) / Math.max(1, amounts.length - 1)
  const x = (index: number): number => tenth(margin + index * stepX)
  const path = amounts.map((minor, index) => (index === 0 ? `M${x(0)} ${y(minor)}` : `H${x(index)}V${y(minor)}`)).join('')
  return { path, last: { x: x(Math.max(0, amounts.length - 1)), y: y(amounts.at(-1) ?? 0) } }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
