// Which requests are looked at, as a table of arrivals.

import { expect, test } from 'vitest'
import { judgeArrival } from '../../dashboard/api/request-guard.ts'

/** method, host, origin, Sec-Fetch-Site; `-` is absent. */
function judge(line: string, surroundings = { publicUrl: '', isLoopback: true }): string {
  const [method = '', host, origin, fetchSite] = line.split(/\s+/).map((word) => (word === '-' ? undefined : word))
  return judgeArrival({ method, host, origin, fetchSite }, surroundings)
}

test('what changes something comes from the same page or from no browser at all', () => {
  const table: Readonly<Record<string, string>> = {
    'POST localhost:3000 http://localhost:3000 same-origin': 'admitted',
    'POST 127.0.0.1:3000 http://127.0.0.1:3000 -': 'admitted',
    'POST [::1]:3000 http://[::1]:3000 same-origin': 'admitted',
    'POST localhost:3000 - -': 'admitted',
    'POST localhost:3000 - none': 'admitted',
    'POST localhost:3000 http://127.0.0.1:3000 -': 'cross-site',
    'POST localhost:3000 http://localhost:4000 same-site': 'cross-site',
    'POST localhost:3000 https://evil.example cross-site': 'cross-site',
    'POST localhost:3000 https://evil.example -': 'cross-site',
    'POST localhost:3000 null -': 'cross-site',
    'POST localhost:3000 - cross-site': 'cross-site',
    'POST localhost:3000 http://localhost:3000.evil.example -': 'cross-site',
    'DELETE localhost:3000 https://evil.example -': 'cross-site',
    'GET localhost:3000 https://evil.example cross-site': 'admitted',
  }
  for (const [line, verdict] of Object.entries(table)) expect(`${line} → ${judge(line)}`).toBe(`${line} → ${verdict}`)
})

test('on loopback the server answers to loopback names only, so that no page can point its own name here', () => {
  expect(judge('GET localhost:3000 - -')).toBe('admitted')
  expect(judge('GET evil.example:3000 - -')).toBe('unknown-host')
  expect(judge('POST evil.example:3000 http://evil.example:3000 same-origin')).toBe('unknown-host')
  expect(judge('GET - - -')).toBe('unknown-host')
  expect(judge('GET 192.168.1.7:3000 - -', { publicUrl: '', isLoopback: false })).toBe('admitted')
})

test('behind a proxy the public address counts, whatever name the proxy uses', () => {
  const surroundings = { publicUrl: 'https://merit.example', isLoopback: true }
  expect(judge('POST merit.example https://merit.example same-origin', surroundings)).toBe('admitted')
  expect(judge('POST localhost:3000 https://merit.example -', surroundings)).toBe('admitted')
  expect(judge('POST merit.example https://evil.example -', surroundings)).toBe('cross-site')
})
