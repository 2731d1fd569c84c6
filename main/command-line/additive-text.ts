// What `merit additive` prints: losses, tables by importance, limits.

import type { ModelCard } from '../../pricing/additive/model-card.ts'
import type { AdditiveMessages } from '../messages/additive.en.ts'

/** The rest of the tables is in the card. */
const tablesShown = 15

export function additiveText(
  words: AdditiveMessages,
  card: ModelCard,
  test: { readonly rows: number; readonly homogeneous: number; readonly model: number } | undefined,
  written: readonly string[],
): string {
  const { homogeneous, heldOut, training } = card.losses
  const loss = (value: number): string => (100 * value).toFixed(4)
  const losses = [
    words.lossHeading,
    [words.heldOut, loss(homogeneous), loss(heldOut)],
    [words.training, loss(homogeneous), loss(training)],
    ...(test === undefined ? [] : [[words.test(test.rows.toLocaleString('en')), loss(test.homogeneous), loss(test.model)]]),
  ]
  const tables = [
    words.tableHeading,
    ...card.tables
      .slice(0, tablesShown)
      .map(({ factors, where, cells, lowest, highest, importance }) => [
        factors.join(' × ') + (where === undefined ? '' : `, ${where.level}`),
        String(cells),
        lowest.toFixed(3),
        highest.toFixed(3),
        importance.toFixed(3),
      ]),
  ]
  return [
    ...aligned(losses),
    '',
    ...aligned(tables),
    '',
    words.limits,
    ...card.limits.map((limit) => `  ${words.limit(limit)}`),
    ...card.fairness.map((note) => `  ${words.fairness(note)}`),
    ...(written.length === 0 ? [] : ['', ...written.map(words.wrote)]),
  ].join('\n')
}

/** First column to the left, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => cellsWide(row[column] ?? ''))))
  const padded = (cell: string, column: number): string => {
    const room = ' '.repeat((widths[column] ?? 0) - cellsWide(cell))
    return column === 0 ? cell + room : room + cell
  }
  return rows.map((row) => row.map(padded).join('  ').trimEnd())
}

/** Chinese characters take two cells of a terminal. */
function cellsWide(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0)
}
