// The words that pictures and tables of a dislocation report need, in whatever language they come.

export interface DislocationWords {
  readonly title: string
  /** What the histogram shows, in a sentence. */
  readonly histogramCaption: string
  readonly segmentsCaption: string
  readonly bandsCaption: string
  readonly policies: string
  readonly change: string
  readonly before: string
  readonly after: string
  readonly withLimits: string
  readonly withoutLimits: string
  readonly meanChange: string
  readonly segment: string
  readonly level: string
  readonly unchanged: string
  segmentTitle(id: string): string
  levelTitle(segmentId: string, level: string): string
  /** Of a change; one of the two bounds may be open. */
  range(from: number | null, to: number | null): string
  percent(share: number): string
  /** With its sign. */
  signedPercent(share: number, decimals: number): string
  count(value: number): string
  money(minor: number, currency: string): string
}
