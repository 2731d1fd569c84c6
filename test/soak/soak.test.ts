// The soak for a minute, at a pace that leaves room for other tests beside it. Ten minutes at half of what the machine takes are
// `npm run soak`.

import { expect, test } from 'vitest'
import { soak } from './soak.ts'

test('a minute of load with three times kill -9 loses nothing that was acknowledged, stores nothing twice, and memory stays', async () => {
  const said: string[] = []
  const report = await soak({ minutes: 1, devices: 20, kills: 3, pace: 1500, say: (line) => said.push(line) })
  expect(report, said.join('\n')).toMatchObject({ kills: 3, lost: 0, duplicates: 0 })
  expect(report.acknowledged).toBe(report.sent)
  expect(report.stored).toBe(report.sent)
  // At half of the pace at least: a busy machine may be slow, and must not be idle.
  expect(report.sent).toBeGreaterThan(1500 * 60 * 0.5)
  expect(report.memoryMb.late).toBeLessThan(report.memoryMb.early * 1.5 + 50)
}, 240_000)
