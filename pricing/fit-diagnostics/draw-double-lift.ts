// The double lift chart as a picture, in words, and as a table.

import { chart, inks, legend, line, mark, niceScale, placeNames, plot, verticalAxis } from './chart.ts'
import type { DiagnosticWords, PictureText } from './diagnostic-words.ts'
import type { DoubleLift } from './double-lift.ts'

export function describeDoubleLift(
  { names, groups, currentError, proposedError }: DoubleLift,
  words: DiagnosticWords,
): PictureText {
  const [current, proposed] = names
  return {
    title: words.doubleLiftTitle(proposed, current),
    caption: words.doubleLiftCaption({ current, proposed, currentError, proposedError }),
    head: [words.group, words.ratio(proposed, current), words.exposure, words.observed, current, proposed],
    rows: groups.map((group, at) => [
      String(at + 1),
      words.number(group.ratio, 3),
      words.number(group.exposure, 0),
      words.number(group.observedRelative, 3),
      words.number(group.currentRelative, 3),
      words.number(group.proposedRelative, 3),
    ]),
  }
}

export function drawDoubleLift(data: DoubleLift, words: DiagnosticWords): string {
  const { groups, names } = data
  const { title, caption } = describeDoubleLift(data, words)
  const series = [
    { name: names[0], of: groups.map(({ currentRelative }) => currentRelative), ink: inks.second, mark: 'diamond', dash: '6 4' },
    { name: names[1], of: groups.map(({ proposedRelative }) => proposedRelative), ink: inks.first, mark: 'square', dash: '' },
    {
      name: words.observed,
      of: groups.map(({ observedRelative }) => observedRelative),
      ink: inks.observed,
      mark: 'circle',
      dash: '2 3',
    },
  ] as const
  const values = series.flatMap(({ of }) => of)
  const y = niceScale(Math.min(1, ...values), Math.max(1, ...values), plot.bottom, plot.top)
  const width = (plot.right - plot.left) / Math.max(groups.length, 1)
  const x = (index: number): number => plot.left + (index + 0.5) * width
  return chart('double-lift', title, caption, [
    verticalAxis(y, 'left', (value) => words.number(value, y.decimals), words.relativeRate),
    placeNames(
      groups.map(({ ratio }) => words.number(ratio, 2)),
      x,
      words.ratio(names[1], names[0]),
    ),
    ...series.map(({ of, ink, mark: kind, dash }) => {
      const points = of.map((value, index) => [x(index), y.at(value)] as const)
      return line(points, ink, dash) + points.map(([left, top]) => mark(kind, left, top, ink)).join('')
    }),
    legend(series),
  ])
}
