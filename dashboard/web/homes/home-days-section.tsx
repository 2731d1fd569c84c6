// A home's time line: for each installation a row of days for every group of sensors, how many of its days count, what was noticed
// with its evidence, and what the shut-off valve is worth.

import { type Signal, useSignal } from '@preact/signals'
import type { HomeDay, Policy } from '../../api/shapes.ts'
import { formatDay, formatNumber } from '../../messages/format.ts'
import { type OwnPageKey, sayOwnPage } from '../../messages/own-pages.ts'
import { locale, t } from '../language.ts'
import { homeLine } from '../own-resources.ts'
import { Facts } from '../parts/facts.tsx'
import { Figure } from '../parts/figure.tsx'
import { Empty, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import type { Column } from '../parts/table.tsx'
import { policyDevices, useLoaded } from '../resources.ts'
import { Findings, findingKey } from './findings.tsx'
import {
  type CellState,
  daysShown,
  type HomeStrip,
  homeStrips,
  type InstallationStrip,
  type Peril,
  perils,
} from './home-strip.ts'
import { Valve } from './valve.tsx'
import '../style/home-line.css'

const words = (key: OwnPageKey, values?: Readonly<Record<string, string | number>>): string =>
  sayOwnPage(locale.value, key, values)

export function HomeDaysSection({ policy }: { readonly policy: Policy }) {
  return (
    <Section
      title={words('home-line.title')}
      note={
        <>
          <p>{words('home-line.intro', { days: daysShown })}</p>
          <p>{t('home.live.note')}</p>
        </>
      }
    >
      <Show from={homeLine(policy.id)} lines={6}>
        {({ items }) => {
          const strips = homeStrips(items)
          return strips.length === 0 ? (
            <Empty title={t('home.none.title')} text={t('home.none.text')} />
          ) : (
            <Installations policy={policy} strips={strips} records={items} />
          )
        }}
      </Show>
    </Section>
  )
}

interface InstallationsProps {
  readonly policy: Policy
  readonly strips: readonly InstallationStrip[]
  readonly records: readonly HomeDay[]
}

function Installations({ policy, strips, records }: InstallationsProps) {
  const devices = useLoaded(policyDevices(policy.id))
  const labelOf = (deviceId: string): string => {
    const label = devices.kind === 'ready' ? devices.value.find(({ id }) => id === deviceId)?.label : undefined
    return label === undefined || label === '' ? deviceId : label
  }
  const shown = new Set(strips.flatMap(({ strip }) => strip.days))
  const litres = records.filter(({ day }) => shown.has(day)).reduce((sum, record) => sum + record.litres, 0)
  const live = strips.reduce((sum, { strip }) => sum + strip.liveDays, 0)
  const days = strips.reduce((sum, { strip }) => sum + strip.days.length, 0)
  return (
    <>
      <Facts
        isLarge
        facts={[
          { term: words('home-line.live'), value: `${formatNumber(live, locale.value)} / ${formatNumber(days, locale.value)}` },
          { term: t('home.litres'), value: t('home.litres.value', { n: formatNumber(litres, locale.value) }) },
        ]}
      />
      <Valve policyId={policy.id} />
      {strips.map(({ deviceId, strip }) => (
        <Installation key={deviceId} deviceId={deviceId} name={labelOf(deviceId)} strip={strip} />
      ))}
    </>
  )
}

interface InstallationProps {
  readonly deviceId: string
  readonly name: string
  readonly strip: HomeStrip
}

function Installation({ deviceId, name, strip }: InstallationProps) {
  const language = locale.value
  /** The finding that a square of the picture asked for. */
  const opened = useSignal<string | undefined>(undefined)
  return (
    <section class="installation">
      <h3>{name}</h3>
      <Figure
        title={name}
        caption={t('home.caption', {
          live: strip.liveDays,
          days: strip.days.length,
          events: strip.noticedDays === 0 ? t('home.caption.none') : t('home.caption.some', { count: strip.noticedDays }),
        })}
        columns={dayColumns(strip)}
        rows={strip.days.map((_, index) => strip.days.length - 1 - index)}
        rowKey={(index) => strip.days[index] ?? ''}
      >
        <div class="strip">
          {strip.rows.map(({ peril, cells, liveDays }) => (
            <div key={peril} class="strip-row strip-row-live">
              <span class="strip-name">{t(`home.${peril}`)}</span>
              <svg class="strip-cells" viewBox={`0 0 ${cells.length * 10} 20`} preserveAspectRatio="none" aria-hidden="true">
                {cells.map((cell, index) => (
                  <Cell
                    key={strip.days[index]}
                    cell={cell}
                    index={index}
                    finding={findingKey(strip.days[index] ?? '', peril, deviceId)}
                    day={strip.days[index] ?? ''}
                    opened={opened}
                  />
                ))}
              </svg>
              <span class="strip-live" title={words('home-line.live.text')}>
                {liveDays} / {cells.length}
              </span>
            </div>
          ))}
          <div class="strip-row strip-row-live strip-days" aria-hidden="true">
            <span />
            <span class="strip-ends">
              <span>{formatDay(strip.days.at(0) ?? '', language)}</span>
              <span>{formatDay(strip.days.at(-1) ?? '', language)}</span>
            </span>
          </div>
          <ul class="strip-key" aria-hidden="true">
            {keyStates(strip).map((state) => (
              <li key={state} class={`strip-key-${state}`}>
                {t(`home.state.${state}`)}
              </li>
            ))}
          </ul>
        </div>
      </Figure>
      <Findings place={deviceId} findings={strip.findings} opened={opened} />
    </section>
  )
}

interface CellProps {
  readonly cell: HomeStrip['rows'][number]['cells'][number]
  readonly index: number
  readonly day: string
  readonly finding: string
  readonly opened: Signal<string | undefined>
}

/** A square; what was noticed in it is told below, where keyboard and screen reader find it too. */
function Cell({ cell: { state, minutes }, index, day, finding, opened }: CellProps) {
  const square = (
    <rect
      class={`strip-cell strip-cell-${state}`}
      x={index * 10 + 0.8}
      y={state === 'dark' ? 8.5 : 0}
      width="8.4"
      height={state === 'dark' ? 3 : 20}
    >
      <title>{cellText(day, state, minutes)}</title>
    </rect>
  )
  if (state !== 'noticed' && state !== 'hint') return square
  return (
    <a
      href={`#${finding}`}
      tabindex={-1}
      onClick={(event) => {
        event.preventDefault()
        opened.value = finding
      }}
    >
      {square}
    </a>
  )
}

/** The hint is explained where there is one. */
function keyStates({ rows }: HomeStrip): readonly CellState[] {
  const hasHint = rows.some(({ cells }) => cells.some(({ state }) => state === 'hint'))
  return hasHint ? ['quiet', 'noticed', 'hint', 'dark'] : ['quiet', 'noticed', 'dark']
}

function cellText(day: string, state: CellState, minutes: number): string {
  const what = state === 'noticed' ? t('home.minutes', { n: Math.round(minutes) }) : t(`home.state.${state}`)
  return `${formatDay(day, locale.value)}: ${what}`
}

/** Rows are indices of days, so that the table reads the same cells as the picture. */
function dayColumns(strip: HomeStrip): readonly Column<number>[] {
  const language = locale.value
  const cell = (peril: Peril, index: number): string => {
    const found = strip.rows.find((row) => row.peril === peril)?.cells[index]
    if (found === undefined) return ''
    return found.state === 'noticed' ? t('home.minutes', { n: Math.round(found.minutes) }) : t(`home.state.${found.state}`)
  }
  return [
    { key: 'day', title: t('home.day'), cell: (index) => formatDay(strip.days[index] ?? '', language) },
    ...perils.map((peril) => ({ key: peril, title: t(`home.${peril}`), cell: (index: number) => cell(peril, index) })),
  ]
}
