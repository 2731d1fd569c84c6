// Expected claims by policy out of a CSV: a header that names a policy column and a column of minor units a year.

import { parse } from 'csv-parse/sync'

/** As the header spells them. */
const policyColumn = 'policy'
const amountColumn = 'expectedClaimsMinor'

export type ParsedClaims =
  | { readonly kind: 'claims'; readonly claims: Readonly<Record<string, number>> }
  /** With the line it is in, and what mends it. */
  | { readonly kind: 'bad'; readonly problem: string }

export function parseClaimsCsv(text: string): ParsedClaims {
  let rows: readonly (readonly string[])[]
  try {
    rows = parse(text, { bom: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    return { kind: 'bad', problem: error instanceof Error ? error.message : String(error) }
  }
  const [header, ...lines] = rows
  const policyAt = header?.indexOf(policyColumn) ?? -1
  const amountAt = header?.indexOf(amountColumn) ?? -1
  if (policyAt < 0 || amountAt < 0)
    return { kind: 'bad', problem: `line 1: the header needs the columns ${policyColumn} and ${amountColumn}` }
  const claims = new Map<string, number>()
  for (const [index, line] of lines.entries()) {
    const policyId = line[policyAt] ?? ''
    const amount = line[amountAt] ?? ''
    if (policyId === '') return { kind: 'bad', problem: `line ${index + 2}: names no policy` }
    if (!/^\d+(\.\d+)?$/.test(amount))
      return {
        kind: 'bad',
        problem: `line ${index + 2}: ${JSON.stringify(amount)} is no amount; write minor units with a decimal point, such as 31250`,
      }
    if (claims.has(policyId)) return { kind: 'bad', problem: `line ${index + 2}: ${policyId} is there twice` }
    claims.set(policyId, Number(amount))
  }
  return { kind: 'claims', claims: Object.fromEntries(claims) }
}
