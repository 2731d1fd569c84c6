// A loopback port that nobody listens on. Below the range from which systems give out ports to connections: a busy test's own
// connections never take it in the moment between asking and listening.

import { createServer } from 'node:net'

const lowest = 15_000
const highest = 32_000
const attemptsMax = 200
/** Of this process; another's are elsewhere as good as always. */
const given = new Set<number>()

export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest))
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
  throw new Error('No loopback port is free.')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
