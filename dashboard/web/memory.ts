// What this browser remembers between visits: the language, the appearance, and of the person's settings the units and the first page. A browser that refuses storage forgets.

export type Remembered = 'locale' | 'theme' | 'units' | 'opening'

export function recall(name: Remembered): string | null {
  try {
    return localStorage.getItem(`merit.${name}`)
  } catch {
    return null
  }
}

/** @param value null forgets */
export function remember(name: Remembered, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`merit.${name}`)
    else localStorage.setItem(`merit.${name}`, value)
  } catch {
    // Private windows may refuse; the choice then lasts until the page closes.
  }
}

/** What belongs to a person and not to the browser. */
export function forgetSettings(): void {
  remember('units', null)
  remember('opening', null)
}
