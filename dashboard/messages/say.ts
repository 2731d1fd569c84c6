// Says a message in a language. A message is text with `{name}` where a value goes and `{name:one|many}` where the count
// `name` picks a word; the types know which values a message needs.

import { catalogueOf } from './catalogues.ts'
import type { MessageKey, Messages } from './en.ts'
import { formatNumber } from './format.ts'
import type { Locale } from './locale.ts'

export type MessageValues = Readonly<Record<string, string | number>>

type NameOf<Inside extends string> = Inside extends `${infer Name}:${string}` ? Name : Inside
type Names<Text extends string> = Text extends `${string}{${infer Inside}}${infer Rest}` ? NameOf<Inside> | Names<Rest> : never
export type ValuesOf<Key extends MessageKey> = [Names<Messages[Key]>] extends [never]
  ? readonly []
  : readonly [values: { readonly [Name in Names<Messages[Key]>]: string | number }]

export function say<Key extends MessageKey>(locale: Locale, key: Key, ...values: ValuesOf<Key>): string {
  const [given] = values
  return fill(catalogueOf(locale)[key], given ?? {}, locale)
}

/** For keys put together at run time, such as the title of a step this version does not know: undefined when there is none. */
export function sayIfKnown(locale: Locale, key: string, values: MessageValues = {}): string | undefined {
  const catalogue = catalogueOf(locale)
  return isKeyOf(catalogue, key) ? fill(catalogue[key], values, locale) : undefined
}

function isKeyOf(catalogue: Readonly<Record<MessageKey, string>>, key: string): key is MessageKey {
  return Object.hasOwn(catalogue, key)
}

/** Numbers are written in the language's form with at most one decimal; a name without a value stays visible. */
export function fill(template: string, values: MessageValues, locale: Locale): string {
  return template.replaceAll(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = values[name]
    if (value === undefined) return whole
    if (one !== undefined && many !== undefined) return value === 1 || value === '1' ? one : many
    return typeof value === 'number' ? formatNumber(value, locale, 1) : value
  })
}
