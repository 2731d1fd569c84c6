// How a client on this machine writes the address that a listener was given: every-address listeners are reached on
// loopback, and IPv6 stands in brackets (RFC 3986 §3.2.2).

export function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
