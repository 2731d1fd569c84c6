// What a statement says to a program: which premium it is about and the figures it prints, in the subject of the PDF.

import type { Worksheet } from '../../pricing/worksheet.ts'

export interface StatedPremium {
  readonly premiumId: string
  readonly premiumMinor: number
  readonly currency: string
  readonly editionHash: string
  readonly factsHash: string
}

const subjectForm =
  /\(merit:premium\/([0-9A-Za-z._-]{1,64});minor=(-?\d{1,15});currency=([A-Z]{3});edition=([0-9a-f]{64});facts=([0-9a-f]{64})\)/

export function subjectOf(premiumId: string, { premiumMinor, currency, editionHash, factsHash }: Worksheet): string {
  return `merit:premium/${premiumId};minor=${premiumMinor};currency=${currency};edition=${editionHash};facts=${factsHash}`
}

/** @param pdf any file; @returns undefined for one that is no statement of Merit's */
export function readStatement(pdf: Uint8Array): StatedPremium | undefined {
  const found = subjectForm.exec(Buffer.from(pdf).toString('latin1'))
  if (found === null) return undefined
  const [, premiumId = '', minor = '', currency = '', editionHash = '', factsHash = ''] = found
  return { premiumId, premiumMinor: Number(minor), currency, editionHash, factsHash }
}
