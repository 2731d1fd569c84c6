// Draws speed over time with uPlot: the speed, the limit where it is known, and the events as marks. Loaded only when a
// chart is looked at.

import uPlot from 'uplot'
import type { TripDetail } from '../../api/shapes.ts'
import { formatNumber, formatSpeed, formatTime, formatTimeToSecond, shownSpeed, speedUnit } from '../../messages/format.ts'
import type { Locale } from '../../messages/locale.ts'
import { say } from '../../messages/say.ts'
import { tokenColours } from '../theme.ts'
import { countedEvents } from './counted-events.ts'
import { nearestIndex } from './trip-table.ts'
import 'uplot/dist/uPlot.min.css'

const heightPx = 300
const narrowHeightPx = 220
/** Below this width the chart is on a phone. */
const narrowPx = 420
const markPx = 5
/** Below this length the time is told to the second. */
const closeMs = 5 * 60_000

const tokens = ['ink-faint', 'rule', 'accent', 'accent-soft', 'cost'] as const

/** Shorter drags are clicks. */
const dragPxMin = 8
/** A stretch of the drive that somebody dragged across, epoch milliseconds. */
export type OnStretch = (fromMs: number, untilMs: number) => void

/** @returns removes the chart */
export function drawSpeed(place: HTMLElement, detail: TripDetail, locale: Locale, onStretch?: OnStretch): () => void {
  const { course, timeZone } = detail
  const colours = tokenColours(tokens)
  const colour = (name: (typeof tokens)[number]): string => colours.get(name) ?? 'gray'
  const font = `12px ${getComputedStyle(place).fontFamily}`
  const axis: uPlot.Axis = {
    stroke: colour('ink-faint'),
    font,
    grid: { stroke: colour('rule'), width: 1 },
    ticks: { show: false },
  }
  const speed = say(locale, 'trip.speed.title')
  const options: uPlot.Options = {
    ...sizeOf(place),
    ms: 1,
    legend: { show: false },
    cursor: { y: false, drag: { x: onStretch !== undefined, y: false, setScale: false }, points: { size: 7 } },
    scales: { x: { time: true }, y: { range: (_plot, _min, max) => [0, Math.max(20, Math.ceil(max / 10) * 10)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        space: 70,
        values: (_plot, splits) => splits.map((atMs) => timeOf(course)(atMs, locale, timeZone)),
      },
      { ...axis, size: 38, space: 44, values: (_plot, splits) => splits.map((kph) => formatNumber(kph, locale)) },
    ],
    series: [
      {},
      {
        label: speed,
        stroke: colour('accent'),
        fill: colour('accent-soft'),
        width: 1.75,
        points: { show: false },
        spanGaps: false,
      },
      {
        label: say(locale, 'trip.speed.limit'),
        stroke: colour('ink-faint'),
        width: 1.25,
        dash: [5, 4],
        points: { show: false },
        paths: stepped(),
      },
    ],
    hooks: {
      draw: [(plot) => drawEvents(plot, detail, colour('cost'))],
      setSelect: [(plot) => takeStretch(plot, onStretch)],
      setCursor: [(plot) => showReading(plot, reading, detail, locale)],
    },
  }
  const reading = document.createElement('p')
  reading.className = 'speed-reading'
  reading.textContent = speedUnit()
  const plot = new uPlot(options, [[...course.tMs], course.speedKph.map(shown), course.limitKph.map(shown)], place)
  place.append(reading)
  const observer = new ResizeObserver(() => plot.setSize(sizeOf(place)))
  observer.observe(place)
  return () => {
    observer.disconnect()
    plot.destroy()
    reading.remove()
  }
}

function shown(speedKph: number | null): number | null {
  return speedKph === null ? null : shownSpeed(speedKph)
}

function takeStretch(plot: uPlot, onStretch: OnStretch | undefined): void {
  const { left, width } = plot.select
  if (onStretch === undefined || width < dragPxMin) return
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
  onStretch(Math.round(plot.posToVal(left, 'x')), Math.round(plot.posToVal(left + width, 'x')))
}

/** Minutes are too coarse for a stretch of a few of them. */
function timeOf({ tMs }: TripDetail['course']): typeof formatTime {
  return (tMs.at(-1) ?? 0) - (tMs.at(0) ?? 0) < closeMs ? formatTimeToSecond : formatTime
}

function sizeOf(place: HTMLElement): { width: number; height: number } {
  const width = Math.max(200, place.clientWidth)
  return { width, height: width < narrowPx ? narrowHeightPx : heightPx }
}

/** A limit holds until the next sign. */
function stepped(): uPlot.Series.PathBuilder {
  return uPlot.paths.stepped?.({ align: 1 }) ?? (() => null)
}

/** A small triangle on the line where each event that counts began. */
function drawEvents(plot: uPlot, { course, events, counts }: TripDetail, colour: string): void {
  const { ctx } = plot
  const size = markPx * devicePixelRatio
  ctx.save()
  ctx.fillStyle = colour
  for (const { startMs } of countedEvents(events, counts)) {
    const index = nearestIndex(course.tMs, startMs)
    const speedKph = course.speedKph[index] ?? 0
    const x = plot.valToPos(course.tMs[index] ?? startMs, 'x', true)
    const y = plot.valToPos(shownSpeed(speedKph), 'y', true) - size * 1.6
    ctx.beginPath()
    ctx.moveTo(x - size, y - size)
    ctx.lineTo(x + size, y - size)
    ctx.lineTo(x, y + size * 0.8)
    ctx.fill()
  }
  ctx.restore()
}

function showReading(plot: uPlot, reading: HTMLElement, { course, timeZone }: TripDetail, locale: Locale): void {
  const { idx } = plot.cursor
  const atMs = typeof idx === 'number' ? course.tMs[idx] : undefined
  const speedKph = typeof idx === 'number' ? course.speedKph[idx] : undefined
  reading.textContent =
    atMs === undefined || speedKph === undefined || speedKph === null
      ? speedUnit()
      : `${timeOf(course)(atMs, locale, timeZone)}  ${formatSpeed(speedKph, locale)}`
}
