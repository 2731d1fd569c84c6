// What `merit portfolio` says, in English. The Chinese file must have the same keys: the type says so.

export const portfolioEn = {
  usage:
    'merit portfolio FOLDER [--policies 10000] [--seed 1] [--threshold 3.1] [--nudge-effect 0.21] [--take-up 0.7] writes a simulated portfolio with its claims and its truth; merit portfolio insure [--policies 200] [--seed 1] puts the same policies into the book',
  writing: (file: string) => `Writing ${file} …`,
  written: (folder: string, policies: string, claims: string) => `${policies} policies with ${claims} claims are in ${folder}.`,
  next: (folder: string) =>
    [
      'What was simulated is in truth.json. To find it again:',
      `  merit fit ${folder}/frequency.json --data ${folder}/policies.csv`,
      `  merit fit ${folder}/severity.json --data ${folder}/claims.csv`,
    ].join('\n'),
  insuring: (done: number, all: number) => `${done} of ${all} policies …`,
  insured: (policies: number, trips: number) =>
    `${policies} simulated policies with ${trips} trips are in the book; "merit dislocation … --claims expected-claims.csv" replays a draft over them.`,
  errors: {
    alreadyInsured: (id: string) => `The book has simulated policies already (${id}); use a new data folder for others.`,
    number: (from: number, to: number) => `a number from ${from} to ${to}`,
    notEmpty: (folder: string) => `${folder} is not empty; name a new folder, so that nothing is overwritten.`,
  },
}

export type PortfolioMessages = typeof portfolioEn
