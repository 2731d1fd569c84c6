// A grid of cells that are edited in place, by the keys that spreadsheets taught everybody: arrows, Enter, typing, a block pasted or
// copied, filled downwards. It knows nothing of plans: cells in, edits out.

import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { w } from '../workbench-words.ts'
import { type Block, copiedText, edgesOf, isInside, pastedCells, type Spot, within } from './grid-text.ts'

export interface GridCell {
  /** As it is edited. */
  readonly text: string
  /** What it was in the edition in force, where that differs; null where there was none. */
  readonly old?: string | null
  readonly problem?: string
  readonly isNumber?: boolean
  /** Follows from others, so it is shown and not edited. */
  readonly isFixed?: boolean
}

export interface GridRow {
  readonly key: string
  readonly head: string
  readonly cells: readonly GridCell[]
}

export interface CellEdit {
  readonly row: number
  readonly column: number
  readonly text: string
}

interface GridProps {
  readonly caption: string
  readonly headTitle: string
  readonly columns: readonly string[]
  readonly rows: readonly GridRow[]
  readonly isEditable: boolean
  readonly onEdit: (edits: readonly CellEdit[]) => void
  /** What may be done with a whole row. */
  readonly rowActions?: (row: number) => ComponentChildren
}

export function Grid({ caption, headTitle, columns, rows, isEditable, onEdit, rowActions }: GridProps) {
  const block = useSignal<Block | null>(null)
  const editing = useSignal<string | null>(null)
  const frame = useRef<HTMLTableElement>(null)
  const shouldFocus = useRef(false)
  const here = block.value?.to ?? { row: 0, column: 0 }

  useEffect(() => {
    if (!shouldFocus.current) return
    shouldFocus.current = false
    const cell = frame.current?.querySelector<HTMLElement>(`[data-spot="${here.row} ${here.column}"]`)
    const input = cell?.querySelector('input')
    if (input === null || input === undefined) cell?.focus()
    else if (document.activeElement !== input) {
      input.focus()
      input.setSelectionRange(input.value.length, input.value.length)
    }
  })

  const go = (to: Spot, isExtending = false): void => {
    const spot = within(to, rows.length, columns.length)
    block.value = { from: isExtending ? (block.value?.from ?? spot) : spot, to: spot }
    shouldFocus.current = true
  }
  const begin = (text: string): void => {
    if (!isEditable || rows[here.row]?.cells[here.column]?.isFixed === true) return
    editing.value = text
    shouldFocus.current = true
  }
  const commit = (): void => {
    const text = editing.value
    if (text === null) return
    editing.value = null
    if (rows[here.row]?.cells[here.column]?.text !== text) onEdit([{ ...here, text }])
  }
  const move = (down: number, right: number): void => go({ row: here.row + down, column: here.column + right })
  const textAt = (row: number, column: number): string => rows[row]?.cells[column]?.text ?? ''

  const fillDown = (): void => {
    if (block.value === null) return
    const { top, bottom, left, right } = edgesOf(block.value)
    const source = top === bottom ? top - 1 : top
    if (source < 0) return
    const edits: CellEdit[] = []
    for (let row = source + 1; row <= bottom; row += 1)
      for (let column = left; column <= right; column += 1) edits.push({ row, column, text: textAt(source, column) })
    write(edits)
  }
  const write = (edits: readonly CellEdit[]): void => {
    const possible = edits.filter(({ row, column }) => isFree(row, column))
    if (isEditable && possible.length > 0) onEdit(possible)
  }
  const isFree = (row: number, column: number): boolean => {
    const cell = rows[row]?.cells[column]
    return cell !== undefined && cell.isFixed !== true
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const isCommand = event.ctrlKey || event.metaKey
    if (editing.value !== null) {
      if (event.key === 'Enter' || event.key === 'Tab') {
        event.preventDefault()
        commit()
        if (event.key === 'Enter') move(event.shiftKey ? -1 : 1, 0)
        else move(0, event.shiftKey ? -1 : 1)
      } else if (event.key === 'Escape') {
        event.stopPropagation()
        editing.value = null
        shouldFocus.current = true
      } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
        event.preventDefault()
        commit()
        move(event.key === 'ArrowUp' ? -1 : 1, 0)
      } else if (!(event.target instanceof HTMLInputElement) && event.key.length === 1 && !isCommand) {
        // Whoever types fast is ahead of the field that opens.
        event.preventDefault()
        editing.value += event.key
        shouldFocus.current = true
      }
      return
    }
    const way = arrows[event.key]
    if (way !== undefined) {
      event.preventDefault()
      go({ row: here.row + way[0], column: here.column + way[1] }, event.shiftKey)
    } else if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault()
      const row = isCommand ? (event.key === 'Home' ? 0 : rows.length - 1) : here.row
      go({ row, column: event.key === 'Home' ? 0 : columns.length - 1 }, event.shiftKey)
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault()
      begin(textAt(here.row, here.column))
    } else if (isCommand && event.key.toLowerCase() === 'd') {
      event.preventDefault()
      fillDown()
    } else if (isCommand && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      block.value = { from: { row: 0, column: 0 }, to: { row: rows.length - 1, column: columns.length - 1 } }
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      write(spotsOf(block.value ?? { from: here, to: here }).map((spot) => ({ ...spot, text: '' })))
    } else if (event.key.length === 1 && !isCommand && !event.altKey) {
      event.preventDefault()
      begin(event.key)
    }
  }
  const onPaste = (event: ClipboardEvent): void => {
    if (editing.value !== null || event.clipboardData === null) return
    event.preventDefault()
    const cells = pastedCells(event.clipboardData.getData('text/plain'))
    const { top, left, bottom, right } = edgesOf(block.value ?? { from: here, to: here })
    const [only] = cells.length === 1 && cells[0]?.length === 1 ? cells[0] : []
    // One value pasted onto a block fills it.
    if (only !== undefined)
      write(
        spotsOf({ from: { row: top, column: left }, to: { row: bottom, column: right } }).map((spot) => ({
          ...spot,
          text: only,
        })),
      )
    else write(cells.flatMap((line, down) => line.map((text, across) => ({ row: top + down, column: left + across, text }))))
  }
  const onCopy = (event: ClipboardEvent): void => {
    if (editing.value !== null || event.clipboardData === null) return
    event.preventDefault()
    const { top, left, bottom, right } = edgesOf(block.value ?? { from: here, to: here })
    const lines = Array.from({ length: bottom - top + 1 }, (_, down) =>
      Array.from({ length: right - left + 1 }, (__, across) => textAt(top + down, left + across)),
    )
    event.clipboardData.setData('text/plain', copiedText(lines))
  }

  return (
    <div class="grid-frame">
      <table
        ref={frame}
        class="grid"
        {...asGrid(!isEditable)}
        aria-label={caption}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onCopy={onCopy}
      >
        <thead>
          <tr>
            <th scope="col">{headTitle}</th>
            {columns.map((title, column) => (
              <th
                key={`${title} ${String(column)}`}
                scope="col"
                class={rows[0]?.cells[column]?.isNumber === true ? 'number' : undefined}
              >
                {title}
              </th>
            ))}
            {rowActions === undefined || !isEditable ? null : (
              <th scope="col">
                <span class="for-screen-readers">{w('plan.row.actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, down) => (
            <tr key={row.key}>
              <th scope="row">{row.head}</th>
              {row.cells.map((cell, across) => {
                const spot = { row: down, column: across }
                const isHere = here.row === down && here.column === across
                const isOpen = isHere && editing.value !== null && block.value !== null
                return (
                  <td
                    key={String(across)}
                    {...asGridCell(block.value !== null && isInside(block.value, spot), !isEditable || cell.isFixed === true)}
                    data-spot={`${down} ${across}`}
                    class={cellClass(cell, block.value !== null && isInside(block.value, spot))}
                    tabIndex={isHere ? 0 : -1}
                    aria-invalid={cell.problem === undefined ? undefined : true}
                    onFocus={() => {
                      if (block.value === null || !isHere) block.value = { from: spot, to: spot }
                    }}
                    onPointerDown={(event) => {
                      if (isOpen) return
                      commit()
                      const wasHere = block.value !== null && isHere
                      go(spot, event.shiftKey)
                      if (wasHere && event.button === 0 && !event.shiftKey) {
                        event.preventDefault()
                        begin(cell.text)
                      }
                    }}
                  >
                    {isOpen ? (
                      <input
                        class="grid-input"
                        aria-label={`${row.head}, ${columns[across] ?? ''}`}
                        inputMode={cell.isNumber === true ? 'decimal' : 'text'}
                        value={editing.value ?? ''}
                        onInput={(event) => {
                          editing.value = event.currentTarget.value
                        }}
                        onBlur={commit}
                      />
                    ) : (
                      <Shown cell={cell} />
                    )}
                  </td>
                )
              })}
              {rowActions === undefined || !isEditable ? null : <td class="grid-actions">{rowActions(down)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Shown({ cell: { text, old, problem } }: { readonly cell: GridCell }) {
  return (
    <>
      <span class="grid-value">{text === '' ? '\u00a0' : text}</span>
      {old === undefined ? null : old === null ? (
        <span class="grid-old">{w('plan.cell.new')}</span>
      ) : (
        <span class="grid-old">
          <span class="for-screen-readers">{w('plan.cell.was')} </span>
          <s>{old === '' ? '–' : old}</s>
        </span>
      )}
      {problem === undefined ? null : <span class="grid-problem">{problem}</span>}
    </>
  )
}

/** The pattern of an editable grid (WAI-ARIA), on a table that stays one for those who only read. */
function asGrid(isReadOnly: boolean) {
  return { role: 'grid', 'aria-readonly': isReadOnly } as const
}
function asGridCell(isSelected: boolean, isReadOnly: boolean) {
  return { role: 'gridcell', 'aria-selected': isSelected, 'aria-readonly': isReadOnly } as const
}

const arrows: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function spotsOf(block: Block): readonly Spot[] {
  const { top, bottom, left, right } = edgesOf(block)
  const spots: Spot[] = []
  for (let row = top; row <= bottom; row += 1) for (let column = left; column <= right; column += 1) spots.push({ row, column })
  return spots
}

function cellClass({ old, problem, isNumber, isFixed }: GridCell, isChosen: boolean): string {
  const classes = ['grid-cell']
  if (isNumber === true) classes.push('number')
  if (isChosen) classes.push('grid-chosen')
  if (old !== undefined) classes.push('grid-changed')
  if (problem !== undefined) classes.push('grid-wrong')
  if (isFixed === true) classes.push('grid-fixed')
  return classes.join(' ')
}
