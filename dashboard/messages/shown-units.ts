// The units in which distances, speeds and temperatures are shown. What is printed and what the server says is metric; the web app
// sets what its reader prefers, once, before it draws: every figure of a page is in the same units, so they are no parameter of each.

export interface ShownUnits {
  readonly distance: 'km' | 'mi'
  readonly degrees: 'c' | 'f'
}

export const metric: ShownUnits = { distance: 'km', degrees: 'c' }
export const metresPerMile = 1609.344

let shown: ShownUnits = metric

export function showIn(units: ShownUnits): void {
  shown = units
}

export function shownUnits(): ShownUnits {
  return shown
}
