// A second factor over HTTP: set up, asked for when signing in, a code taken once, a recovery code taken once.

import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toBase32, totpCode, totpStepAt } from '../../dashboard/sign-in/totp.ts'
import { jsonPost, password, people, type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard
let nowMs = Date.now()
beforeAll(async () => {
  office = await runDashboard({ nowMs: () => nowMs })
})
afterAll(() => office.stop())

function secretOf(base32: string): Uint8Array {
  const bits = [...base32]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}

test('codes are those of RFC 6238, appendix B', () => {
  expect(totpCode(Buffer.from('12345678901234567890'), totpStepAt(59_000))).toBe('287082')
  expect(
    createHmac('sha1', secretOf(toBase32(Buffer.from('key'))))
      .update('')
      .digest('hex'),
  ).toBe(createHmac('sha1', 'key').update('').digest('hex'))
})

test('what one would regret asks again after ten minutes; then the second factor is asked for, and each code works once', async () => {
  const post = (path: string, body: unknown = {}) => office.ask('maker', path, { method: 'POST', body })
  nowMs += 11 * 60_000
  expect((await post('/api/v1/account/totp')).status).toBe(403)
  expect((await post('/api/v1/step-up', { password: 'wrong' })).status).toBe(422)
  expect((await post('/api/v1/step-up', { password })).status).toBe(200)
  const offer: { secret: string } = await (await post('/api/v1/account/totp')).json()
  const secret = secretOf(offer.secret)
  const code = () => totpCode(secret, totpStepAt(nowMs))
  const codes: { recoveryCodes: string[] } = await (await post('/api/v1/account/totp/confirm', { code: code() })).json()
  expect(codes.recoveryCodes).toHaveLength(10)

  const enter = async (proof: object) => {
    const first = await fetch(`${office.url}/api/auth/sign-in/email`, jsonPost({ email: people.maker.email, password }))
    expect(first.headers.getSetCookie()).toEqual([])
    const { secondFactor }: { secondFactor: { token: string } } = await first.json()
    const body = { token: secondFactor.token, ...proof }
    return (await fetch(`${office.url}/api/auth/sign-in/second-factor`, jsonPost(body))).status
  }
  expect(await enter({ code: code() }), 'used to turn codes on').toBe(422)
  nowMs += 60_000
  expect(await enter({ code: code() })).toBe(200)
  expect(await enter({ code: code() }), 'a second time').toBe(422)
  expect(await enter({ recoveryCode: codes.recoveryCodes[0] })).toBe(200)
  expect(await enter({ recoveryCode: codes.recoveryCodes[0] }), 'a second time').toBe(422)
})

test('an account of the demo takes no second factor, or whoever came next could not sign in', async () => {
  const demo = await runDashboard({ demo: true })
  try {
    await demo.book.updateTable('user').set({ demo: 1 }).where('email', '=', people.maker.email).execute()
    const tried = [
      ['totp', {}],
      ['totp/confirm', { code: '123456' }],
      ['passkey-options', {}],
    ] as const
    for (const [path, body] of tried) {
      const answer = await demo.ask('maker', `/api/v1/account/${path}`, { method: 'POST', body })
      const problem: { readonly type: string } = await answer.json()
      expect(`${path} ${problem.type}`).toBe(`${path} urn:merit:problem:demo-account`)
    }
  } finally {
    await demo.stop()
  }
})
