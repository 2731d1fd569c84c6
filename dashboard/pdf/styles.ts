// The look of every PDF: an A4 page, its colours and its type sizes.

import type { Weight } from './fonts.ts'

export const page = { width: 595.28, height: 841.89, side: 56, top: 52, bottom: 64 } as const
export const contentWidth = page.width - 2 * page.side
export const contentBottom = page.height - page.bottom

export const ink = '#16202a'
export const muted = '#596673'
export const accent = '#0b6b4d'
export const rule = '#d3dae0'
export const band = '#f1f6f3'

export interface TextStyle {
  readonly size: number
  readonly weight?: Weight
  readonly color?: string
  readonly align?: 'left' | 'right' | 'center'
}

export const styles = {
  brand: { size: 11, weight: 'semibold', color: accent },
  title: { size: 19, weight: 'semibold' },
  chapter: { size: 14, weight: 'semibold' },
  heading: { size: 11.5, weight: 'semibold' },
  subheading: { size: 10, weight: 'semibold' },
  body: { size: 9.5 },
  small: { size: 8.5, color: muted },
  label: { size: 8.5, color: muted },
  amount: { size: 27, weight: 'semibold', color: accent },
  column: { size: 8, weight: 'semibold', color: muted },
  step: { size: 9.5, weight: 'semibold' },
} as const satisfies Readonly<Record<string, TextStyle>>
