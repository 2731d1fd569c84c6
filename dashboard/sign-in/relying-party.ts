// For which address passkeys are made. They are bound to a name, for good: to that of MERIT_PUBLIC_URL, or without one to localhost.
// Pure.

import { isIP } from 'node:net'

export type RelyingParty =
  | { readonly kind: 'named'; readonly id: string; readonly origin: string }
  /** WebAuthn §5.1.2: an IP address is no name. `openAt` is where this server is reached by one. */
  | { readonly kind: 'needs-name'; readonly openAt?: string }
  /** WebAuthn works over https, or on localhost. */
  | { readonly kind: 'needs-https' }

export interface Place {
  /** The address people type, or empty. */
  readonly publicUrl: string
  /** Bound to loopback. */
  readonly isLoopback: boolean
  /** The request's `Host`. */
  readonly host: string
}

export function relyingPartyOf({ publicUrl, isLoopback, host }: Place): RelyingParty {
  if (publicUrl !== '') return named(new URL(publicUrl))
  if (!isLoopback || !URL.canParse(`http://${host}`)) return { kind: 'needs-name' }
  const here = new URL(`http://${host}`)
  if (here.hostname === 'localhost') return named(here)
  here.hostname = 'localhost'
  return { kind: 'needs-name', openAt: here.origin }
}

function named({ hostname, origin, protocol }: URL): RelyingParty {
  if (isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0) return { kind: 'needs-name' }
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost')
  return protocol === 'https:' || isLocal ? { kind: 'named', id: hostname, origin } : { kind: 'needs-https' }
}
