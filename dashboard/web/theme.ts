// Light, dark, or as the system says. The style sheets follow `color-scheme`; canvases ask for the colours they draw with.

import { effect, signal } from '@preact/signals'
import { recall, remember } from './memory.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const theme = signal<Theme>(themes.find((candidate) => candidate === recall('theme')) ?? 'system')

/** Counts up when the system changes its mind. */
const systemThemeChanges = signal(0)
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  systemThemeChanges.value += 1
})

effect(() => {
  if (theme.value === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme.value
})

export function nextTheme(): void {
  chooseTheme(themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'system')
}

export function chooseTheme(next: Theme): void {
  theme.value = next
  remember('theme', next === 'system' ? null : next)
}

/** The colours of the style sheet's tokens as they are now, for a canvas. */
export function tokenColours<Name extends string>(names: readonly Name[]): ReadonlyMap<Name, string> {
  const probe = document.createElement('span')
  document.body.append(probe)
  const colours = new Map(
    names.map((name) => {
      probe.style.color = `var(--${name})`
      return [name, getComputedStyle(probe).color]
    }),
  )
  probe.remove()
  return colours
}

/** Within a signal's effect: it runs again when the colours change, which a canvas does not by itself. */
export function followTheme(): readonly unknown[] {
  return [theme.value, systemThemeChanges.value]
}
