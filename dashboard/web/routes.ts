// The addresses of the web app and the pages behind them, both ways. Only text; router.ts follows the browser.

export type Route =
  | { readonly kind: 'first' }
  | { readonly kind: 'policy'; readonly policyId: string }
  | { readonly kind: 'what-if'; readonly policyId: string }
  | { readonly kind: 'trips'; readonly policyId: string }
  | { readonly kind: 'step'; readonly policyId: string; readonly stepId: string }
  | { readonly kind: 'trip'; readonly policyId: string; readonly tripId: string }
  | { readonly kind: 'editions' }
  | { readonly kind: 'edition'; readonly hash: string }
  | { readonly kind: 'replay'; readonly replayId: string }
  | { readonly kind: 'audit' }
  | { readonly kind: 'disputes' }
  | { readonly kind: 'dispute'; readonly disputeId: string }
  | { readonly kind: 'device'; readonly deviceId: string }
  | { readonly kind: 'account' }
  | { readonly kind: 'messages' }
  | { readonly kind: 'privacy'; readonly policyId: string | undefined }
  | { readonly kind: 'settings' }
  | { readonly kind: 'people' }
  | { readonly kind: 'invitation'; readonly token: string }
  | { readonly kind: 'verify'; readonly code: string }
  | { readonly kind: 'contract' }
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'unknown' }

export function parseRoute(path: string): Route {
  const parts = path.split('/').filter((part) => part !== '')
  const [place, id, sub, subId, more] = parts.map(decode)
  if (place === undefined) return { kind: 'first' }
  if (more === undefined && place === 'policies' && id !== undefined) {
    if (sub === undefined) return { kind: 'policy', policyId: id }
    if (sub === 'what-if' && subId === undefined) return { kind: 'what-if', policyId: id }
    if (sub === 'trips' && subId === undefined) return { kind: 'trips', policyId: id }
    if (sub === 'steps' && subId !== undefined) return { kind: 'step', policyId: id, stepId: subId }
    if (sub === 'trips' && subId !== undefined) return { kind: 'trip', policyId: id, tripId: subId }
  }
  if (sub === undefined) {
    if (place === 'editions') return id === undefined ? { kind: 'editions' } : { kind: 'edition', hash: id }
    if (place === 'disputes') return id === undefined ? { kind: 'disputes' } : { kind: 'dispute', disputeId: id }
    if (place === 'replays' && id !== undefined) return { kind: 'replay', replayId: id }
    if (place === 'audit' && id === undefined) return { kind: 'audit' }
    if (place === 'account' && id === undefined) return { kind: 'account' }
    if (place === 'messages' && id === undefined) return { kind: 'messages' }
    if (place === 'people' && id === undefined) return { kind: 'people' }
    if (place === 'privacy') return { kind: 'privacy', policyId: id }
    if (place === 'settings' && id === undefined) return { kind: 'settings' }
    if (place === 'verify') return { kind: 'verify', code: id ?? '' }
    if (place === 'invitation' && id !== undefined) return { kind: 'invitation', token: id }
    if (place === 'contract' && id === undefined) return { kind: 'contract' }
    if (place === 'runs' && id !== undefined) return { kind: 'run', runId: id }
    if (place === 'devices' && id !== undefined) return { kind: 'device', deviceId: id }
  }
  return { kind: 'unknown' }
}

export function pathOf(route: Exclude<Route, { kind: 'unknown' }>): string {
  switch (route.kind) {
    case 'first':
      return '/'
    case 'policy':
      return `/policies/${encodeURIComponent(route.policyId)}`
    case 'trips':
      return `/policies/${encodeURIComponent(route.policyId)}/trips`
    case 'step':
      return `/policies/${encodeURIComponent(route.policyId)}/steps/${encodeURIComponent(route.stepId)}`
    case 'what-if':
      return `/policies/${encodeURIComponent(route.policyId)}/what-if`
    case 'trip':
      return `/policies/${encodeURIComponent(route.policyId)}/trips/${encodeURIComponent(route.tripId)}`
    case 'editions':
      return '/editions'
    case 'edition':
      return `/editions/${encodeURIComponent(route.hash)}`
    case 'audit':
      return '/audit'
    case 'replay':
      return `/replays/${encodeURIComponent(route.replayId)}`
    case 'disputes':
      return '/disputes'
    case 'dispute':
      return `/disputes/${encodeURIComponent(route.disputeId)}`
    case 'account':
      return '/account'
    case 'messages':
      return '/messages'
    case 'privacy':
      return route.policyId === undefined ? '/privacy' : `/privacy/${encodeURIComponent(route.policyId)}`
    case 'settings':
      return '/settings'
    case 'people':
      return '/people'
    case 'verify':
      return `/verify/${encodeURIComponent(route.code)}`
    case 'invitation':
      return `/invitation/${encodeURIComponent(route.token)}`
    case 'contract':
      return '/contract'
    case 'run':
      return `/runs/${encodeURIComponent(route.runId)}`
    case 'device':
      return `/devices/${encodeURIComponent(route.deviceId)}`
  }
}

/** A broken escape in a typed address is a page that does not exist, not an error. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
