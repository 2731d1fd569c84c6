// The pipeline as a tester watches it: counts that move, the devices online, and the commands that feed it.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Status } from '../../api/shapes.ts'
import { formatNumber } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { m } from '../maker/maker-words.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { DeviceTable } from '../parts/device-table.tsx'
import { Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { devices, status } from '../resources.ts'

const pollMs = 2000
/** Devices change seldom: every fifth time. */
const devicesEvery = 5

const counts = ['messages', 'readings', 'quarantined', 'trips', 'premiums', 'policies', 'devices', 'devicesOnline'] as const
type Count = (typeof counts)[number]
/** What flows; the others are stocks and have no rate. */
const flowing: ReadonlySet<Count> = new Set<Count>(['messages', 'readings'])

const commands = [
  { key: 'replay', command: 'npm run -s merit -- replay drive.gpx --device my-car --speed 60' },
  { key: 'simulate', command: 'npm run simulate' },
  { key: 'premium', command: 'npm run -s merit -- premium POLICY --json' },
] as const

export function Pipeline() {
  return (
    <>
      <p class="section-text">{t('tester.caption')}</p>
      <Show from={status} lines={3}>
        {(now) => <Counts now={now} />}
      </Show>
      {commands.map(({ key, command }) => (
        <Section key={key} title={t(`tester.${key}.title`)}>
          <p class="section-text">{t(`tester.${key}.text`)}</p>
          <CopyText text={command} label={t(`tester.${key}.title`)} />
        </Section>
      ))}
      <Section title={t('tester.devices')}>
        <Show from={devices}>
          {(all) => (
            <DeviceTable
              devices={all.filter(({ id, state }) => state === 'online' && !id.startsWith('sim-'))}
              caption={m('table', { what: t('tester.devices') })}
              hasPages
            />
          )}
        </Show>
      </Section>
    </>
  )
}

interface Sample {
  readonly atMs: number
  readonly now: Status
}

function Counts({ now }: { readonly now: Status }) {
  const previous = useSignal<Sample>({ atMs: performance.now(), now })
  const rates = useSignal<ReadonlyMap<Count, number>>(new Map())

  useEffect(() => {
    let turn = 0
    const timer = setInterval(() => {
      turn += 1
      void status.refresh()
      if (turn % devicesEvery === 0) void devices.refresh()
    }, pollMs)
    return () => clearInterval(timer)
  }, [])

  useEffect(() => {
    const atMs = performance.now()
    const { atMs: beforeMs, now: before } = previous.peek()
    const seconds = (atMs - beforeMs) / 1000
    if (before !== now && seconds > 0)
      rates.value = new Map([...flowing].map((count) => [count, Math.max(0, now[count] - before[count]) / seconds]))
    previous.value = { atMs, now }
  }, [now, previous, rates])

  return (
    <dl class="counts">
      {counts.map((count) => {
        const rate = rates.value.get(count)
        return (
          <div key={count} class="count">
            <dt>{t(`count.${count}`)}</dt>
            <dd>
              {formatNumber(now[count], locale.value)}
              {rate === undefined || rate < 0.05 ? null : (
                <span class="count-rate">{t('tester.rate', { n: formatNumber(rate, locale.value, rate < 10 ? 1 : 0) })}</span>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
