// The words of the pages behind the policyholder's first screen, in both languages.

import { expect, test } from 'vitest'
import { ownPageMessages as en } from '../../dashboard/messages/own-pages.en.ts'
import { sayOwnPage } from '../../dashboard/messages/own-pages.ts'
import { ownPageMessages as zhCn } from '../../dashboard/messages/own-pages.zh-CN.ts'

const english: Readonly<Record<string, string>> = en
const chinese: Readonly<Record<string, string>> = zhCn

test('both languages have the same messages with the same values, and each says something', () => {
  expect(Object.keys(chinese).toSorted()).toEqual(Object.keys(english).toSorted())
  const namesIn = (text = ''): string => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].toSorted().join()
  expect(Object.keys(english).filter((key) => namesIn(english[key]) !== namesIn(chinese[key]))).toEqual([])
  expect(Object.keys(english).filter((key) => english[key]?.trim() === '' || chinese[key]?.trim() === '')).toEqual([])
})

test('Chinese uses full-width punctuation between its words', () => {
  expect(Object.values(chinese).filter((text) => /[\u4e00-\u9fff][,;:!?]|[,;!?][\u4e00-\u9fff]/.test(text))).toEqual([])
})

test('a count picks the word', () => {
  expect(sayOwnPage('en', 'list.sum', { trips: 1, distance: '3 km' })).toBe('1 trip, 3 km')
  expect(sayOwnPage('zh-CN', 'list.sum', { trips: 2, distance: '3 公里' })).toBe('2 次行程，3 公里')
})
