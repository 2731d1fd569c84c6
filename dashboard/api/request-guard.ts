// Decides whether a request may be looked at: from which page it comes and under which name the server was reached.
// Pure; the server asks before it routes anything.

/** What the decision rests on; header values as they arrived. */
export interface Arrival {
  readonly method: string
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
}

export interface Surroundings {
  /** The address people type, or empty. */
  readonly publicUrl: string
  /** Bound to loopback: then only loopback names reach it, which closes DNS rebinding. */
  readonly isLoopback: boolean
}

export type Verdict = 'admitted' | 'unknown-host' | 'cross-site'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])
const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Browsers send `Origin` with every POST and most send `Sec-Fetch-Site`; what sends neither carries no one's cookies. */
export function judgeArrival(arrival: Arrival, surroundings: Surroundings): Verdict {
  const host = arrival.host?.toLowerCase() ?? ''
  const publicHost = surroundings.publicUrl === '' ? undefined : new URL(surroundings.publicUrl).host
  if (surroundings.isLoopback && host !== publicHost && !loopbackNames.has(nameOf(host))) return 'unknown-host'
  if (safeMethods.has(arrival.method)) return 'admitted'
  if (arrival.fetchSite !== undefined && arrival.fetchSite !== 'same-origin' && arrival.fetchSite !== 'none') return 'cross-site'
  if (arrival.origin === undefined) return 'admitted'
  return isOwnOrigin(arrival.origin.toLowerCase(), host, surroundings.publicUrl) ? 'admitted' : 'cross-site'
}

export function isLoopbackAddress(address: string): boolean {
  return address === 'localhost' || address === '::1' || address.startsWith('127.')
}

/** Behind a proxy the public address counts; without one the page comes from the host the request was sent to. */
function isOwnOrigin(origin: string, host: string, publicUrl: string): boolean {
  if (publicUrl !== '' && origin === new URL(publicUrl).origin) return true
  return origin === `http://${host}`
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '')
}
