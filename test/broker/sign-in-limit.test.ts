// Failed sign-ins are answered only so often, and only the one who fails waits.

import { expect, test } from 'vitest'
import { createSignInLimit, signInEntriesMax } from '../../broker/sign-in-limit.ts'

test('ten wrong secrets for one device, then a pause; another device at the same address goes on', () => {
  const limit = createSignInLimit()
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect(limit.admits('10.0.0.1', 'car-1', 0)).toBe(true)
    limit.failed('10.0.0.1', 'car-1', 0)
  }
  expect(limit.admits('10.0.0.1', 'car-1', 0)).toBe(false)
  expect(limit.admits('10.0.0.1', 'car-2', 0)).toBe(true)
  expect(limit.admits('10.0.0.2', 'car-1', 0)).toBe(true)
  expect(limit.admits('10.0.0.1', 'car-1', 10_000)).toBe(true)
})

test('an address that tries many names is held up, but not the devices that signed in from there before', () => {
  const limit = createSignInLimit()
  limit.succeeded('10.0.0.1', 'car-1')
  for (let name = 0; name < 100; name += 1) limit.failed('10.0.0.1', `guess-${name}`, 0)
  expect(limit.admits('10.0.0.1', 'guess-100', 0)).toBe(false)
  expect(limit.admits('10.0.0.1', 'car-1', 0)).toBe(true)
  expect(limit.admits('10.0.0.1', 'guess-100', 1000)).toBe(true)
})

test('a clock that is set back locks nobody out and gives no tokens away', () => {
  const limit = createSignInLimit()
  for (let attempt = 0; attempt < 10; attempt += 1) limit.failed('10.0.0.1', 'car-1', 1_000_000)
  expect(limit.admits('10.0.0.1', 'car-1', 0)).toBe(false)
  limit.failed('10.0.0.1', 'car-1', 0)
  expect(limit.admits('10.0.0.1', 'car-1', 10_000)).toBe(true)
})

test('memory is bounded: the name not seen for longest is forgotten', () => {
  const limit = createSignInLimit()
  for (let attempt = 0; attempt < 10; attempt += 1) limit.failed('10.0.0.1', 'car-1', 0)
  for (let name = 0; name < signInEntriesMax; name += 1) limit.failed(`10.1.${name >> 8}.${name & 255}`, 'x', 0)
  expect(limit.admits('10.0.0.1', 'car-1', 0)).toBe(true)
})
