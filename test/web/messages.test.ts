// Every message in both languages, and how one is said.

import { expect, test } from 'vitest'
import { messages as en } from '../../dashboard/messages/en.ts'
import { matchLocale } from '../../dashboard/messages/locale.ts'
import { fill, say, sayIfKnown } from '../../dashboard/messages/say.ts'
import { messages as zhCN } from '../../dashboard/messages/zh-CN.ts'

const english: Readonly<Record<string, string>> = en
const chinese: Readonly<Record<string, string>> = zhCN

test('both languages have the same messages', () => {
  expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort())
})

test('every message has the same values in both languages and says something', () => {
  const different = Object.keys(english).filter(
    (key) => valueNames(chinese[key] ?? '').join() !== valueNames(english[key] ?? '').join(),
  )
  const empty = Object.keys(english).filter((key) => chinese[key]?.trim() === '' || english[key]?.trim() === '')
  expect({ different, empty }).toEqual({ different: [], empty: [] })
})

test('Chinese messages use full-width punctuation between Chinese words', () => {
  const halfWidth = Object.entries(chinese).filter(([, text]) => /[\u4e00-\u9fff][,;:!?]|[,;!?][\u4e00-\u9fff]/.test(text))
  expect(halfWidth).toEqual([])
})

test('a count picks the word', () => {
  expect(fill('{n} hard {n:brake|brakes}', { n: 1 }, 'en')).toBe('1 hard brake')
  expect(fill('{n} hard {n:brake|brakes}', { n: 0.5 }, 'en')).toBe('0.5 hard brakes')
  expect(fill('{n} hard {n:brake|brakes}', { n: 1234 }, 'en')).toBe('1,234 hard brakes')
})

test('a value that was not given stays visible, and one with braces is not expanded again', () => {
  expect(fill('{a} and {b}', { a: '{b}' }, 'en')).toBe('{b} and {b}')
})

test('messages are said in the language asked for', () => {
  expect(say('en', 'sign-in.title')).toBe('Sign in')
  expect(say('zh-CN', 'trip.live.since', { time: '08:14' })).toBe('实时，08:14 出发')
  expect(sayIfKnown('en', 'constructor')).toBeUndefined()
})

test.each([
  [['zh-TW', 'en'], 'zh-CN'],
  [['zh'], 'zh-CN'],
  [['nl-NL', 'en-GB'], 'en'],
  [['fr'], 'en'],
  [[], 'en'],
] as const)('somebody who prefers %j reads %s', (preferred, locale) => {
  expect(matchLocale(preferred)).toBe(locale)
})

function valueNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? ''))].sort()
}
