// The words that the pictures of a model need, as one form that every language fills in. The words themselves are in the message
// files; pictures are drawn with whichever are handed over.

export interface DiagnosticWords {
  readonly language: string
  readonly number: (value: number, decimals: number) => string
  readonly percent: (share: number, decimals: number) => string
  readonly pageTitle: string
  readonly tableOfSame: string
  readonly observed: string
  readonly expected: string
  readonly expectedOf: (model: string) => string
  readonly exposure: string
  readonly rate: string
  readonly interval: string
  readonly group: string
  readonly groupOf: (groups: number) => string
  readonly relativeRate: string
  readonly ratio: (proposed: string, current: string) => string
  readonly exposureShare: string
  readonly observedShare: string
  readonly equal: string
  readonly gini: string
  readonly doubleLiftTitle: (proposed: string, current: string) => string
  readonly doubleLiftCaption: (values: {
    readonly proposed: string
    readonly current: string
    readonly proposedError: number
    readonly currentError: number
  }) => string
  readonly lorenzTitle: string
  readonly lorenzCaption: (curves: readonly { readonly name: string; readonly gini: number }[]) => string
  readonly calibrationTitle: (model: string) => string
  readonly calibrationCaption: (values: { readonly balance: number; readonly within: number; readonly groups: number }) => string
  readonly oneWayTitle: (factor: string) => string
  readonly oneWayCaption: (values: { readonly model: string; readonly within: number; readonly levels: number }) => string
}

/** A picture in words: its title, what it shows, and the table of the same data. */
export interface PictureText {
  readonly title: string
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
