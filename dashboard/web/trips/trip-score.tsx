// A trip's score, each part with the figure it comes from, and the heat map of speed and acceleration.

import { heatAccelerationsMps2, heatSpeedsKph } from '../../../pricing/score/heat-map.ts'
import { scoreUnits } from '../../../pricing/score/score-units.ts'
import type { TripDetail } from '../../api/shapes.ts'
import { formatNumber, formatPercent } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { Figure } from '../parts/figure.tsx'
import { type Column, Table } from '../parts/table.tsx'
import '../style/score.css'

/** Below this a score says little. */
const sureFrom = 0.3
const parts = ['smoothness', 'speed', 'cornering', 'timeOfDay', 'distance'] as const
const units = ['tolerable', 'aboveLimit', 'aboveFreeFlow', 'night', 'distance'] as const

type Score = NonNullable<TripDetail['score']>
interface Part {
  readonly name: (typeof parts)[number]
  readonly value: number | null
  readonly words: string
}

export function TripScore({ detail }: { readonly detail: TripDetail }) {
  const { score, heat = [] } = detail
  if (score === undefined) return null
  return (
    <section class="trip-score">
      <h2>{t('score.title')}</h2>
      <p class="trip-score-line">
        {t('score.caption', {
          score: formatNumber(score.score, locale.value),
          note: score.confidence < sureFrom ? t('score.note.unsure') : t('score.note.sure'),
        })}
      </p>
      <div class="trip-score-pictures">
        <Table caption={t('score.title')} columns={partColumns()} rows={partsOf(score)} rowKey={({ name }) => name} isStacked />
        {heat.length === 0 ? null : <HeatFigure heat={heat} />}
      </div>
    </section>
  )
}

function partColumns(): readonly Column<Part>[] {
  return [
    { key: 'part', title: t('score.part'), cell: ({ name }) => t(`score.${name}`) },
    {
      key: 'points',
      title: t('score.points'),
      isNumber: true,
      cell: ({ name, value }) =>
        value === null ? t(name === 'distance' ? 'score.not-judged' : 'score.unknown') : formatNumber(value, locale.value),
    },
    { key: 'figure', title: t('score.figure'), cell: ({ words }) => words },
  ]
}

function partsOf({ components }: Score): readonly Part[] {
  return parts.map((name) => {
    const { value, figure, unit } = components[name]
    const known = units.find((candidate) => scoreUnits[candidate] === unit)
    if (figure === null || known === undefined) return { name, value, words: t('score.unknown') }
    return { name, value, words: t(`score.unit.${known}`, { figure: formatNumber(figure, locale.value, 1) }) }
  })
}

interface Cell {
  readonly row: number
  readonly column: number
  readonly thousandths: number
}

const cellWidth = 22
const cellHeight = 16
const left = 34
const bottom = 30
const rows = heatSpeedsKph.length
const columns = heatAccelerationsMps2.length

function HeatFigure({ heat }: { readonly heat: NonNullable<TripDetail['heat']> }) {
  const cells: readonly Cell[] = heat.flatMap((shares, row) =>
    shares.flatMap((thousandths, column) => (thousandths === 0 ? [] : [{ row, column, thousandths }])),
  )
  const most = Math.max(1, ...cells.map(({ thousandths }) => thousandths))
  const gentle = cells.reduce((sum, { column, thousandths }) => sum + (isGentle(column) ? thousandths : 0), 0)
  const language = locale.value
  const height = columns * cellHeight
  return (
    <Figure
      title={t('heat.title')}
      caption={t('heat.caption', { gentle: formatNumber(gentle / 10, language) })}
      columns={[
        { key: 'speed', title: t('heat.speed'), cell: ({ row }) => bucketWords(heatSpeedsKph, row) },
        { key: 'acceleration', title: t('heat.acceleration'), cell: ({ column }) => accelerationWords(column) },
        {
          key: 'share',
          title: t('heat.share'),
          isNumber: true,
          cell: ({ thousandths }) => formatPercent(thousandths / 1000, language, 1),
        },
      ]}
      rows={cells}
      rowKey={({ row, column }) => `${row} ${column}`}
    >
      <svg
        class="heat-map"
        viewBox={`0 0 ${left + rows * cellWidth + 4} ${height + bottom}`}
        role="img"
        aria-label={t('heat.title')}
      >
        <rect class="heat-ground" x={left} y={0} width={rows * cellWidth} height={height} />
        {cells.map(({ row, column, thousandths }) => (
          <rect
            key={`${row} ${column}`}
            class="heat-cell"
            x={left + row * cellWidth}
            y={(columns - 1 - column) * cellHeight}
            width={cellWidth - 1}
            height={cellHeight - 1}
            // The eye tells small shares apart only when they are lifted: the root of the share is drawn.
            fill-opacity={0.1 + 0.9 * Math.sqrt(thousandths / most)}
          />
        ))}
        {heatSpeedsKph.map((kph, row) =>
          row % 2 === 0 && row > 0 ? (
            <text key={kph} class="heat-mark" x={left + row * cellWidth} y={height + 12} text-anchor="middle">
              {kph}
            </text>
          ) : null,
        )}
        {heatAccelerationsMps2.map((mps2, column) =>
          Number.isInteger(mps2) && column > 0 ? (
            <text key={mps2} class="heat-mark" x={left - 4} y={height - column * cellHeight + 3} text-anchor="end">
              {formatNumber(mps2, language)}
            </text>
          ) : null,
        )}
        <text class="heat-mark" x={left + (rows * cellWidth) / 2} y={height + 26} text-anchor="middle">
          {t('heat.speed')}
        </text>
        <text class="heat-mark" x={0} y={0} text-anchor="middle" transform={`translate(10 ${height / 2}) rotate(-90)`}>
          {t('heat.acceleration')}
        </text>
      </svg>
    </Figure>
  )
}

/** Between −1 and 1 m/s². */
function isGentle(column: number): boolean {
  return (heatAccelerationsMps2[column] ?? 0) >= -1 && (heatAccelerationsMps2[column] ?? 0) < 1
}

function accelerationWords(column: number): string {
  const upper = heatAccelerationsMps2[column + 1]
  return column === 0 && upper !== undefined
    ? `< ${formatNumber(upper, locale.value, 1)}`
    : bucketWords(heatAccelerationsMps2, column)
}

function bucketWords(edges: readonly number[], index: number): string {
  const lower = formatNumber(edges[index] ?? 0, locale.value, 1)
  const upper = edges[index + 1]
  return upper === undefined ? `≥ ${lower}` : `${lower} … ${formatNumber(upper, locale.value, 1)}`
}
