// A trip on configured tiles, from a tile server on this machine, and a trip of a hundred thousand readings, in a real browser. No
// tile is asked for, and no byte of the map's library fetched, before somebody opens the map.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mapTilesOf } from '../../dashboard/api/map-tiles.ts'
import type { TripPage } from '../../dashboard/api/shapes.ts'
import { sayOwnPage } from '../../dashboard/messages/own-pages.ts'
import type { Reading } from '../../devices/contract/reading.ts'
import { findService, howToGet } from '../services.ts'
import { violations } from './axe-violations.ts'
import { button, narrowPx, type OfficeInBrowser, openOffice, widthOf } from './office-in-browser.ts'
import { startTiles, type TileServer } from './tile-server.ts'

const executablePath = findService('chromium')
const title = executablePath === undefined ? `a map in a browser (skipped: ${howToGet('chromium')})` : 'a map in a browser'
const fastAtMs = Date.parse('2026-02-02T07:00:00Z')
const readings = 100_000
const perSecond = 50

/** Half an hour at 50 readings a second. */
function fastDrive(): readonly Reading[] {
  return Array.from({ length: readings }, (_, index) => ({
    kind: 'vehicle',
    device: 'car-a',
    takenAtMs: fastAtMs + index * (1000 / perSecond),
    values: { Speed: index === 0 || index === readings - 1 ? 0 : 60 + 12 * Math.sin(index / 900) + 2 * Math.sin(index / 7) },
  }))
}

describe.skipIf(executablePath === undefined)(title, () => {
  let merit: OfficeInBrowser
  let tiles: TileServer
  let ids: readonly string[] = []

  beforeAll(async () => {
    tiles = await startTiles()
    merit = await openOffice(executablePath ?? '', { tiles: mapTilesOf(tiles.url, '© <Tiles> of this test') })
    await merit.office.telemetry.append(fastDrive())
    await merit.office.pricing.settle()
    const page: TripPage = await (await merit.office.ask('anna', '/api/v1/policies/motor-a/trips')).json()
    ids = page.trips.map(({ id }) => id)
  }, 60_000)
  afterAll(async () => {
    await merit?.close()
    await tiles?.close()
  })

  test.each(['en', 'zh-CN'] as const)(
    'a trip is drawn on the tiles when somebody opens the map: %s',
    async (locale) => {
      const before = tiles.asked.length
      const { page, problems } = await merit.openAs('anna', locale, `/policies/motor-a/trips/${ids[1]}`)
      const fetched: string[] = []
      page.on('request', (request) => fetched.push(request.url()))
      const open = button(page, sayOwnPage(locale, 'map.open'))
      await open.waitFor()
      await page.locator('.speed-chart canvas').waitFor()
      expect(tiles.asked.length).toBe(before)
      expect(fetched.filter((url) => url.includes('maplibre') || url.includes('tile-map'))).toEqual([])

      await open.focus()
      await page.keyboard.press('Enter')
      await page.locator('.trip-map-place[data-drawn]').waitFor()
      expect(Number(await page.locator('.trip-map-place').getAttribute('data-drawn'))).toBeGreaterThan(100)
      await page.getByText('© <Tiles> of this test').waitFor()
      expect(tiles.asked.length).toBeGreaterThan(before)
      expect(await violations(page)).toEqual([])
      expect(await widthOf(page)).toBe(narrowPx)
      await button(page, sayOwnPage(locale, 'map.close')).click()
      await page.locator('.trip-map-place').waitFor({ state: 'detached' })
      expect(problems).toEqual([])
      await page.context().close()
    },
    30_000,
  )

  test('a chart of a hundred thousand readings follows the pointer as one of six hundred does', async () => {
    const few = await followed(ids[1] ?? '')
    const many = await followed(ids[0] ?? '')
    // A frame for most moves of the pointer, and no task that holds them up which the small chart does not have.
    expect(many.frames).toBeGreaterThanOrEqual(few.frames * 0.6)
    expect(many.longTasks).toBeLessThanOrEqual(few.longTasks + 1)
  }, 30_000)

  test('dragging across a stretch of it fetches that stretch in full', async () => {
    const { page, problems } = await merit.openAs('anna', 'en', `/policies/motor-a/trips/${ids[0]}`)
    const box = await chartOf(page)
    const y = box.y + box.height / 2
    await page.mouse.move(box.x + box.width * 0.6, y)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.61 + 6, y, { steps: 4 })
    await page.mouse.up()
    await page.waitForFunction(() => /Shown/.test(document.querySelector('.zoom-words')?.textContent ?? ''))
    const shown = Number(/([\d,]+) of/.exec(await page.locator('.zoom-words').innerText())?.[1]?.replace(',', ''))
    // A few pixels of a phone's width are a minute or so: thinned once, to what a chart can show.
    expect(shown).toBeGreaterThan(500)
    expect(shown).toBeLessThanOrEqual(2000)
    await button(page, sayOwnPage('en', 'zoom.in')).click()
    await button(page, sayOwnPage('en', 'zoom.in')).click()
    await button(page, sayOwnPage('en', 'zoom.in')).click()
    await page.waitForFunction(() => / 2[45]\d of|, \d{3} of/.test(document.querySelector('.zoom-words')?.textContent ?? ''))
    expect(problems).toEqual([])
    await page.context().close()
  }, 30_000)

  async function chartOf(page: Page) {
    const canvas = page.locator('.speed-chart canvas')
    await canvas.waitFor()
    await canvas.scrollIntoViewIfNeeded()
    const box = await canvas.boundingBox()
    if (box === null) throw new Error('The chart has no place.')
    return box
  }

  /** Frames drawn, and tasks beyond 50 ms, while the pointer crosses the chart. */
  async function followed(tripId: string): Promise<{ readonly frames: number; readonly longTasks: number }> {
    const { page } = await merit.openAs('anna', 'en', `/policies/motor-a/trips/${tripId}`)
    const box = await chartOf(page)
    await page.locator('.trip-cost-words, .trip-cost .section-text').first().waitFor()
    await page.evaluate(`(() => {
      window.counted = { frames: 0, longTasks: 0 }
      new PerformanceObserver((list) => { window.counted.longTasks += list.getEntries().length }).observe({ type: 'longtask' })
      const next = () => { window.counted.frames += 1; requestAnimationFrame(next) }
      requestAnimationFrame(next)
    })()`)
    for (let step = 0; step < 60; step += 1)
      await page.mouse.move(box.x + 45 + ((box.width - 60) * step) / 60, box.y + box.height / 2)
    const counted: unknown = await page.evaluate('window.counted')
    await page.context().close()
    if (typeof counted !== 'object' || counted === null || !('frames' in counted) || !('longTasks' in counted))
      throw new Error('Nothing was counted.')
    return { frames: Number(counted.frames), longTasks: Number(counted.longTasks) }
  }
})
