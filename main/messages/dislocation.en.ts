// What `merit dislocation` says, in English. The Chinese file must have the same keys: the type says so.

export const dislocationEn = {
  usage:
    'merit dislocation EDITION|FILE.json [--seed N] [--claims FILE.csv] [--target-loss-ratio 0.65] [--night HH:MM-HH:MM] [--speeding-tolerance KPH] [--html FILE.html]',
  progress: (done: string, policies: string) => `Policies ${done} of ${policies}`,
  replay: 'replay',
  report: 'report',
  inForce: 'in force',
  draft: 'draft',
  policies: 'policies',
  onRecord: 'charged at the moment, a year',
  before: 'edition in force on the same facts',
  after: 'draft, with its limits',
  uncapped: 'draft, without limits',
  view: (change: string, factor: string) => `mean change ${change}, × ${factor} keeps the premium`,
  lossRatio: 'expected loss ratio',
  lossRatios: (before: string, after: string, uncapped: string) => `${before} → ${after} (without limits ${uncapped})`,
  claims: {
    stated: 'by the claims that were stated',
    'class-price': (ratio: string) => `assuming claims of ${ratio} of the class price in force`,
    both: (stated: string, ratio: string) =>
      `by ${stated} stated claims, the others assumed at ${ratio} of the class price in force`,
  },
  notices: (notices: string) => `${notices} policies rise by 10 % or more and need a notice`,
  percentile: 'percentile',
  fairness:
    'Fairness: mean of premium over class price against everybody else, with a 95 % interval; share with a discount against that of the others',
  small: 'few',
  nobodyElse: '–',
  worstUp: 'The largest rises',
  worstDown: 'The largest falls',
  unrated: (policies: string, policyId: string, problem: string) =>
    `${policies} policies could not be rated and are in no figure; the first is ${policyId}: ${problem}`,
  changedMeanwhile: (policies: string) =>
    `${policies} policies were priced anew while this ran; run it again for one state of the book.`,
  measuredAgain: (trips: string, unaffected: string, without: string) =>
    `${trips} trips were measured again from their readings, ${unaffected} cannot differ, ${without} have no readings any more and count as they were measured.`,
  errors: {
    noEdition: (reference: string) => `There is no edition "${reference}" in the book, and no file of that name.`,
    badFile: (file: string, reason: string) => `${file} is no edition: ${reason}.`,
    badClaims: (file: string, problem: string) => `${file}, ${problem}.`,
    invalid: (problems: string) => `The draft cannot be rated with: ${problems}.`,
    noChampion: (planId: string) => `The plan ${planId} has no edition in force to compare with.`,
    noPolicies: (planId: string) => `The plan ${planId} has no policies.`,
    failed: (problem: string) => `The replay failed: ${problem}`,
    cancelled: 'The replay was cancelled.',
    night: 'two times of day such as 23:00-05:00',
    number: (from: number, to: number) => `a number from ${from} to ${to}`,
  },
}

export type DislocationMessages = typeof dislocationEn
