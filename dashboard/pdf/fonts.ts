// The letters of every PDF: Noto Sans SC, which draws Latin and Chinese alike. pdfkit embeds of it only what a document uses.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Weight = 'regular' | 'semibold'

const fontFolder = new URL('../../node_modules/@expo-google-fonts/noto-sans-sc/', import.meta.url)
const fontFiles: Readonly<Record<Weight, string>> = {
  regular: '400Regular/NotoSansSC_400Regular.ttf',
  semibold: '600SemiBold/NotoSansSC_600SemiBold.ttf',
}
const fonts = new Map<Weight, Buffer>()

/** Ten megabytes each: read once, subset by pdfkit for every document. */
export function font(weight: Weight): Buffer {
  const bytes = fonts.get(weight) ?? readFileSync(fileURLToPath(new URL(fontFiles[weight], fontFolder)))
  fonts.set(weight, bytes)
  return bytes
}
