// Ordered Lorenz curves of one or two models as a picture, in words, and as a table.

import { chart, inks, legend, line, niceScale, plot, rule, text, verticalAxis } from './chart.ts'
import type { DiagnosticWords, PictureText } from './diagnostic-words.ts'
import type { Lorenz } from './lorenz.ts'

const tabled = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

export function describeLorenz(curves: readonly Lorenz[], words: DiagnosticWords): PictureText {
  return {
    title: words.lorenzTitle,
    caption: words.lorenzCaption(curves),
    head: [words.exposureShare, ...curves.map(({ name }) => words.expectedOf(name))],
    rows: [
      ...tabled.map((share) => [words.percent(share, 0), ...curves.map((curve) => words.percent(shareAt(curve, share), 1))]),
      [words.gini, ...curves.map(({ gini }) => words.number(gini, 4))],
    ],
  }
}

/** Straight between the points. */
function shareAt({ points }: Lorenz, exposureShare: number): number {
  const at = points.findIndex((point) => point.exposureShare >= exposureShare)
  const [before, after] = [points[at - 1], points[at]]
  if (after === undefined || before === undefined) return after?.observedShare ?? 0
  const way = (exposureShare - before.exposureShare) / (after.exposureShare - before.exposureShare)
  return before.observedShare + way * (after.observedShare - before.observedShare)
}

export function drawLorenz(curves: readonly Lorenz[], words: DiagnosticWords): string {
  const { title, caption } = describeLorenz(curves, words)
  const x = niceScale(0, 1, plot.left, plot.right)
  const y = niceScale(0, 1, plot.bottom, plot.top)
  const styles = [
    { ink: inks.second, dash: '6 4' },
    { ink: inks.first, dash: '' },
  ]
  const drawn = curves.map((curve, at) => ({
    curve,
    name: `${curve.name} (${words.gini} ${words.number(curve.gini, 3)})`,
    ...(styles[curves.length === 1 ? 1 : at % styles.length] ?? { ink: inks.first, dash: '' }),
  }))
  return chart('lorenz', title, caption, [
    verticalAxis(y, 'left', (value) => words.percent(value, 0), words.observedShare),
    ...x.ticks.map((tick) => rule(x.at(tick), plot.bottom, x.at(tick), plot.top)),
    ...x.ticks.map((tick) => text(x.at(tick), plot.bottom + 18, words.percent(tick, 0), { anchor: 'middle' })),
    text((plot.left + plot.right) / 2, plot.bottom + 44, words.exposureShare, { anchor: 'middle' }),
    line(
      [
        [x.at(0), y.at(0)],
        [x.at(1), y.at(1)],
      ],
      inks.observed,
      '2 3',
    ),
    ...drawn.map(({ curve: { points }, ink, dash }) =>
      line(
        points.map(({ exposureShare, observedShare }) => [x.at(exposureShare), y.at(observedShare)] as const),
        ink,
        dash,
      ),
    ),
    legend([...drawn, { name: words.equal, ink: inks.observed, dash: '2 3' }]),
  ])
}
