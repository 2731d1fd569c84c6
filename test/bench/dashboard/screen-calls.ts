// What the pages ask of the API when they open; test/bench/dashboard.test.ts holds the first screen's list against a browser.

export interface Call {
  readonly name: string
  readonly path: string
}

/** A page's requests in rounds: those of a round leave together, when the answers of the round before are there. */
export type Screen = readonly (readonly Call[])[]

/** @param tripId the policy's latest trip, which the screen says more of */
export function firstScreen(policyId: string, tripId: string): Screen {
  const policy = `/api/v1/policies/${policyId}`
  return [
    [{ name: 'session', path: '/api/v1/session' }],
    [
      { name: 'unread messages', path: '/api/v1/messages/unread' },
      { name: 'settings', path: '/api/v1/settings' },
      { name: 'policies', path: '/api/v1/policies?limit=200' },
    ],
    [
      { name: 'premium', path: `${policy}/premium` },
      { name: 'nudges', path: `${policy}/nudges?limit=200` },
      { name: 'goal', path: `${policy}/goal` },
      { name: 'trips', path: `${policy}/trips?limit=8` },
      { name: 'devices', path: `${policy}/devices?limit=200` },
      { name: 'driver score', path: `${policy}/driver-score` },
      { name: 'data quality', path: `${policy}/data-quality` },
      { name: 'notices', path: `${policy}/notices?limit=200&locale=en` },
    ],
    [
      { name: 'month', path: `${policy}/month` },
      { name: 'premiums', path: `${policy}/premiums?limit=200` },
      { name: 'latest trip', path: `/api/v1/trips/${tripId}` },
    ],
  ]
}

/** The insurer's book: how it opens, and what somebody does on it. */
export function bookCalls(policies: number): readonly Call[] {
  const book = '/api/v1/book'
  return [
    { name: 'first page', path: `${book}?limit=100` },
    { name: 'overview', path: `${book}/overview` },
    { name: 'summary', path: `${book}/summary` },
    { name: 'sorted by difference', path: `${book}?limit=100&sort=difference&order=desc` },
    { name: 'filter', path: `${book}?limit=100&differenceFrom=1000` },
    { name: 'sums of the filter', path: `${book}/summary?differenceFrom=1000` },
    { name: 'search', path: `${book}?limit=100&q=jansen` },
    { name: 'sums of the search', path: `${book}/summary?q=jansen` },
    { name: 'deep scroll', path: `${book}?limit=100&at=${Math.max(0, policies - 100)}` },
    { name: 'deep, by holder', path: `${book}?limit=100&sort=holder&at=${Math.floor(policies / 2)}` },
  ]
}
