// Observed and expected rates side by side as a picture, in words, and as a table: calibration by group, and one-way by the levels
// of a factor with the exposure as bars behind.

import type { Calibration, CalibrationGroup } from './calibration.ts'
import { bar, chart, inks, legend, line, mark, niceScale, placeNames, plot, verticalAxis, whisker } from './chart.ts'
import type { DiagnosticWords, PictureText } from './diagnostic-words.ts'
import type { OneWay } from './one-way.ts'

export function describeCalibration({ name, groups, balance, within }: Calibration, words: DiagnosticWords): PictureText {
  return {
    title: words.calibrationTitle(name),
    caption: words.calibrationCaption({ balance, within, groups: groups.length }),
    head: [words.group, ...rateHead(words)],
    rows: groups.map((group, at) => [String(at + 1), ...rateRow(group, words)]),
  }
}

export function drawCalibration(data: Calibration, words: DiagnosticWords): string {
  const { title, caption } = describeCalibration(data, words)
  const names = data.groups.map((_, at) => String(at + 1))
  return drawRates('calibration', title, caption, data.groups, names, words.groupOf(data.groups.length), words)
}

export function describeOneWay({ factor, name, levels }: OneWay, words: DiagnosticWords): PictureText {
  const within = levels.filter(({ expectedRate, low, high }) => low <= expectedRate && expectedRate <= high).length
  return {
    title: words.oneWayTitle(factor),
    caption: words.oneWayCaption({ model: name, within, levels: levels.length }),
    head: [factor, ...rateHead(words)],
    rows: levels.map((level) => [level.level, ...rateRow(level, words)]),
  }
}

export function drawOneWay(data: OneWay, words: DiagnosticWords): string {
  const { title, caption } = describeOneWay(data, words)
  const names = data.levels.map(({ level }) => level)
  const id = `one-way-${data.factor.replaceAll(/[^A-Za-z0-9]+/g, '-')}`
  return drawRates(id, title, caption, data.levels, names, data.factor, words, data.isOrdered)
}

function rateHead(words: DiagnosticWords): readonly string[] {
  return [words.exposure, words.observed, words.interval, words.expected]
}

function rateRow(
  { exposure, observedRate, expectedRate, low, high }: CalibrationGroup,
  words: DiagnosticWords,
): readonly string[] {
  const decimals = decimalsFor(Math.max(observedRate, expectedRate))
  const rate = (value: number) => words.number(value, decimals)
  return [words.number(exposure, 0), rate(observedRate), `${rate(low)} – ${rate(high)}`, rate(expectedRate)]
}

/** Four figures that matter. */
function decimalsFor(value: number): number {
  return value > 0 ? Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(value)))) : 0
}

function drawRates(
  id: string,
  title: string,
  caption: string,
  groups: readonly CalibrationGroup[],
  names: readonly string[],
  horizontal: string,
  words: DiagnosticWords,
  isOrdered = true,
): string {
  // A thin level's interval may be as wide as the picture: rates decide the height, and what is above is cut.
  const rates = groups.flatMap(({ observedRate, expectedRate }) => [observedRate, expectedRate])
  const highest = Math.max(...rates)
  const y = niceScale(0, Math.min(Math.max(highest, ...groups.map(({ high }) => high)), highest * 1.25), plot.bottom, plot.top)
  const exposures = groups.map(({ exposure }) => exposure)
  // Bars stay in the lower part, behind the lines.
  const bars = niceScale(0, Math.max(...exposures) * 2, plot.bottom, plot.top)
  const width = (plot.right - plot.left) / Math.max(groups.length, 1)
  const x = (index: number): number => plot.left + (index + 0.5) * width
  const within = (rate: number): number => Math.max(plot.top, y.at(rate))
  const observed = groups.map(({ observedRate }, index) => [x(index), y.at(observedRate)] as const)
  const expected = groups.map(({ expectedRate }, index) => [x(index), y.at(expectedRate)] as const)
  return chart(id, title, caption, [
    verticalAxis(y, 'left', (value) => words.number(value, y.decimals), words.rate),
    ...exposures.map((exposure, index) =>
      bar(x(index) - width * 0.36, bars.at(exposure), width * 0.72, plot.bottom - bars.at(exposure)),
    ),
    verticalAxis(bars, 'right', (value) => words.number(value, bars.decimals), words.exposure),
    placeNames(names, x, horizontal),
    ...groups.map(({ low, high }, index) => whisker(x(index), within(low), within(high), inks.observed)),
    ...(isOrdered ? [line(expected, inks.first)] : []),
    ...expected.map(([left, top]) => mark('square', left, top, inks.first)),
    ...(isOrdered ? [line(observed, inks.observed, '2 3')] : []),
    ...observed.map(([left, top]) => mark('circle', left, top, inks.observed)),
    legend([
      { name: words.observed, ink: inks.observed, mark: 'circle', dash: '2 3' },
      { name: words.expected, ink: inks.first, mark: 'square' },
      { name: words.exposure, ink: inks.bars, isBar: true },
    ]),
  ])
}
