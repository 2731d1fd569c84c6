// What the insurer's book is filtered by and sorted by, and where one band ends and the next begins.

/** How far the data of a policy can be trusted, by its mean confidence. */
export const qualityBands = ['good', 'fair', 'poor', 'none'] as const
/** What may need somebody today. */
export const attentions = ['dispute', 'silent', 'no-data', 'notice'] as const
export const bookOrders = ['policy', 'holder', 'class', 'own', 'difference', 'trips', 'quality', 'heard'] as const

export type QualityBand = (typeof qualityBands)[number]
export type Attention = (typeof attentions)[number]
export type BookOrder = (typeof bookOrders)[number]

/** Ten-thousandths from which data is good, and from which it is fair. */
export const goodFrom = 9_000
export const fairFrom = 7_000
/** A device that was not heard of for this long is silent; most cars move within a fortnight. */
export const silentDays = 14
/** A change of premium that was explained this recently may bring a call. */
export const noticeDays = 30
