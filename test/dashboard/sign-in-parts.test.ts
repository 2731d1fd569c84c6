// Limits on guessing, password hashes and kept secrets, each by itself.

import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createAttempts } from '../../dashboard/sign-in/attempts.ts'
import { KeptSecretError, keptSecret } from '../../dashboard/sign-in/kept-secret.ts'
import { hashPassword, verifyPassword } from '../../dashboard/sign-in/password.ts'

const limits = { perAddressMax: 3, perAccountMax: 2, windowMs: 60_000, trackedMax: 6 }

test('a third guess at one account within a minute is refused, from wherever it comes', () => {
  const attempts = createAttempts(limits)
  expect(attempts.admit('10.0.0.1', 'anna@merit.example', 0).kind).toBe('admitted')
  expect(attempts.admit('10.0.0.2', 'Anna@merit.example', 1000).kind).toBe('admitted')
  expect(attempts.admit('10.0.0.3', 'anna@merit.example', 2000)).toEqual({
    kind: 'refused',
    retryAfterMs: 58_000,
    isFirst: true,
  })
  expect(attempts.admit('10.0.0.3', 'anna@merit.example', 2000)).toMatchObject({ isFirst: false })
  expect(attempts.admit('10.0.0.3', 'bert@merit.example', 2000).kind).toBe('admitted')
  expect(attempts.admit('10.0.0.3', 'anna@merit.example', 60_000).kind).toBe('admitted')
})

test('a fourth guess from one address is refused, and a whole IPv6 network is one address', () => {
  const attempts = createAttempts(limits)
  for (const name of ['a', 'b', 'c']) expect(attempts.admit('2001:db8:1:2::7', name, 0).kind).toBe('admitted')
  expect(attempts.admit('2001:db8:1:2::8', 'd', 0).kind).toBe('refused')
  expect(attempts.admit('2001:db8:1:3::8', 'd', 0).kind).toBe('admitted')
})

test('a correct password does not count as a guess', () => {
  const attempts = createAttempts(limits)
  for (let visit = 0; visit < 20; visit += 1) {
    expect(attempts.admit('10.0.0.1', 'anna@merit.example', visit).kind).toBe('admitted')
    attempts.succeeded('10.0.0.1', 'anna@merit.example')
  }
})

test('what is remembered of addresses and accounts is bounded', () => {
  const attempts = createAttempts({ ...limits, trackedMax: 2 })
  for (let guess = 0; guess < 1000; guess += 1) attempts.admit(`10.0.${guess}.1`, `user-${guess}`, guess)
  expect(attempts.admit('10.0.0.1', 'user-0', 1000).kind).toBe('admitted')
})

test('a password verifies against its own hash only, and no two hashes are alike', async () => {
  const [one, other] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(other)
  expect(await verifyPassword('correct horse', one)).toBe(true)
  expect(await verifyPassword('correct horsf', one)).toBe(false)
  expect(await verifyPassword('correct horse', 'plain text')).toBe(false)
})

test('the secret is made once, kept for its owner only, and a damaged one is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'merit-secret-'))
  const secret = keptSecret(folder, 'secret')
  expect(secret.length).toBeGreaterThanOrEqual(32)
  expect(keptSecret(folder, 'secret')).toBe(secret)
  expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
  writeFileSync(join(folder, 'secret'), 'x')
  expect(() => keptSecret(folder, 'secret')).toThrow(KeptSecretError)
})
