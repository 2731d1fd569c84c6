// What `merit verify` says, in English. The Chinese file must have the same keys: the type says so.

const counted = (what: 'trip' | 'day', count: number) => `${count} ${what}${count === 1 ? '' : 's'}`

export const verifyEn = {
  usage: 'merit verify STATEMENT.pdf | PREMIUM | POLICY',
  notFound: (what: string) => `There is no premium and no policy "${what}", and no file of that name.`,
  notAStatement: (file: string) => `${file} is not a statement that Merit wrote.`,
  premium: (id: string, policy: string) => `Premium ${id} of policy ${policy}`,
  verdict: {
    equal: (amount: string) => `equal to the cent: ${amount}, recomputed from the stored readings up`,
    different: (kept: string, recomputed: string) => `NOT EQUAL: ${kept} is kept, ${recomputed} comes out`,
    'same-amount': (amount: string) => `NOT EQUAL: the amount comes out (${amount}), but not all that was kept does`,
    'not-recomputable': (kept: string) => `cannot be recomputed: ${kept} is kept`,
  },
  findings: {
    'document-differs': (field: string, document: string, kept: string) =>
      `the document says ${field} ${document}, the book ${kept}`,
    'edition-missing': (hash: string) => `the edition ${hash} is not in the book`,
    'edition-changed': (hash: string, problem: string) => `the edition ${hash} was changed: ${problem}`,
    'facts-hash-differs': (kept: string, actual: string) => `the kept facts have the hash ${actual}, not ${kept}`,
    'kept-step-differs': (step: string, kept: string, recomputed: string) =>
      `the kept worksheet does not follow from its own facts: step ${step} is ${kept}, should be ${recomputed}`,
    'amount-differs': (kept: string, worksheet: string) => `the kept amount is ${kept}, its worksheet ends with ${worksheet}`,
    'fact-differs': (path: string, kept: string, recomputed: string) =>
      `fact ${path} is ${kept}, from the readings ${recomputed}`,
    'step-differs': (step: string, kept: string, recomputed: string) =>
      `the step that makes the difference: ${step} is ${kept}, from the readings ${recomputed}`,
    'experience-gone': (what: 'trip' | 'day', device: string, at: string) =>
      `${device}, ${at}: the premium rests on this ${what}, but neither the book nor the readings hold it any more`,
    'measured-otherwise': (what: 'trip' | 'day', device: string, at: string, path: string, isLater: boolean) =>
      `${device}, ${at}: the readings ${path === '*' ? `no longer make this ${what}` : `say otherwise than the book of this ${what} (${path})`}` +
      `${isLater ? '; it was measured again after the premium, because readings came late' : ''}`,
    'readings-deleted': (what: 'trip' | 'day', device: string, count: number) =>
      `${device}: the readings of ${counted(what, count)} were deleted; taken as the book holds them`,
    'came-later': (what: 'trip' | 'day', device: string, count: number) =>
      `${device}: ${counted(what, count)} came after the premium, which does not rest on ${count === 1 ? 'it' : 'them'}`,
    'basis-unknown': () =>
      'the premium is from before Merit kept what a premium rests on; all that had ended by then was taken, and no correction',
  },
}

export type VerifyMessages = typeof verifyEn
