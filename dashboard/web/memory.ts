// What this browser remembers between visits: the language and the appearance. A browser that refuses storage forgets.

export type Remembered = 'locale' | 'theme'

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
