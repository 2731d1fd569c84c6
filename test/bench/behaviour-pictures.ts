// `bench behaviour-pictures`: measures three recorded drives as pricing does and draws them into docs/trips/, for people to look at.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { onlyTrip, recordedDrive } from '../pricing/drives.ts'
import { findService, howToGet } from '../services.ts'
import { root } from '../source-tree.ts'
import { BadSet } from './behaviour/recording-set.ts'
import { drawTrip } from './behaviour/trip-picture.ts'

/** Streets with the hardest brake of all, half an hour of town, and a motorway. */
const pictured = ['nds-06', 'nds-15', 'nds-31'] as const

export async function runBehaviourPictures(): Promise<void> {
  const executablePath = findService('chromium')
  if (executablePath === undefined) throw new BadSet(`Pictures need Chromium: ${howToGet('chromium')}`)
  const folder = join(root, 'docs/trips')
  await mkdir(folder, { recursive: true })
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage()
    for (const name of pictured) {
      const { readings, timeZone } = await recordedDrive(`${name}.csv`)
      const svg = drawTrip({ name, readings, ...onlyTrip(readings, localClock(timeZone)) })
      await page.setContent(`<body style="margin:0">${svg}</body>`)
      await writeFile(join(folder, `${name}.png`), await page.locator('svg').screenshot())
      console.log(`docs/trips/${name}.png`)
    }
  } finally {
    await browser.close()
  }
}
