// The language of the page: the remembered choice, else the browser's. Reading it in a component follows its changes.

import { effect, signal } from '@preact/signals'
import type { MessageKey } from '../messages/en.ts'
import { isLocale, type Locale, matchLocale } from '../messages/locale.ts'
import { say, type ValuesOf } from '../messages/say.ts'
import { loadCatalogue } from './catalogues.ts'
import { recall, remember } from './memory.ts'

const remembered = recall('locale')

export const locale = signal<Locale>(isLocale(remembered) ? remembered : matchLocale(navigator.languages))

effect(() => {
  document.documentElement.lang = locale.value
})

/** The page changes once the words are there; without them it stays as it is. */
export async function chooseLocale(chosen: Locale): Promise<void> {
  await loadCatalogue(chosen)
  locale.value = chosen
  remember('locale', chosen)
}

/** Says a message in the page's language. */
export function t<Key extends MessageKey>(key: Key, ...values: ValuesOf<Key>): string {
  return say(locale.value, key, ...values)
}
