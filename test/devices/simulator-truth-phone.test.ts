// What the simulator says really happened, against what is scored of a phone at any tilt, and of a bare receiver of positions.

import { test } from 'vitest'
import { driverNames } from '../../devices/simulator/drive.ts'
import { holdsTrue } from './simulator-truths.ts'

for (const style of driverNames)
  for (const [equipment, days] of [
    ['phone', 8],
    ['gps-only', 20],
  ] as const)
    test(`a ${style} driver told by ${equipment}: every trip once, and what was clearly done in it`, () => {
      holdsTrue(style, equipment, days)
    })
