// A table of an edition as a small picture: a curve as a line, factors of levels as bars around 1. The table is below it.

import { formatNumber } from '../../messages/format.ts'
import type { EditionTable } from '../insurer/edition-tables.ts'
import { locale } from '../language.ts'
import { tablePicture } from './table-shapes.ts'

const width = 320
const height = 120

export function TablePicture({ table }: { readonly table: EditionTable }) {
  const picture = tablePicture(table, width, height)
  if (picture === undefined) return null
  return (
    <svg class="table-picture" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <line class="table-picture-one" x1="0" x2={width} y1={picture.oneY} y2={picture.oneY} />
      {picture.bars.map(({ x, y, barWidth, barHeight, isAbove }) => (
        <rect
          key={x}
          class={isAbove ? 'table-picture-more' : 'table-picture-less'}
          x={x}
          y={y}
          width={barWidth}
          height={barHeight}
        />
      ))}
      {picture.line === '' ? null : <path class="table-picture-line" d={picture.line} />}
      <text class="table-picture-mark" x="2" y="11">
        {formatNumber(picture.largest, locale.value, 2)}
      </text>
      <text class="table-picture-mark" x="2" y={height - 3}>
        {formatNumber(picture.smallest, locale.value, 2)}
      </text>
    </svg>
  )
}
