// A document of the filing pack as blocks of plain text in the reader's language. Composing them and drawing them know only this.

import type { Locale } from '../messages/locale.ts'
import type { Bar, CurvePicture } from '../pdf/pictures.ts'
import type { Column, Field, Row } from '../pdf/table.ts'

export type Block =
  /** Numbered, and in the contents. */
  | { readonly kind: 'chapter'; readonly title: string }
  | { readonly kind: 'heading'; readonly title: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'fields'; readonly fields: readonly Field[]; readonly labelWidth?: number }
  /** With a picture beside it when there is room: the columns then have widths. */
  | {
      readonly kind: 'table'
      readonly columns: readonly Column[]
      readonly rows: readonly Row[]
      readonly picture?: CurvePicture
    }
  | { readonly kind: 'histogram'; readonly bars: readonly Bar[]; readonly caption: string }

export interface Report {
  readonly locale: Locale
  /** The document carries this date and no other. */
  readonly atMs: number
  readonly title: string
  readonly documentTitle: string
  readonly subtitle: string
  readonly fields: readonly Field[]
  /** The heading of a table of contents, for documents that are long. */
  readonly contents?: string
  readonly blocks: readonly Block[]
  readonly footer: { readonly left: string; readonly page: (page: number, pages: number) => string }
}
