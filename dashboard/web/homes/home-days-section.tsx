// The last thirty days of a home: one row of cells for each peril, how many days count, and the valve.

import { type Signal, useSignal } from '@preact/signals'
import type { HomeDay, Nudge, Policy } from '../../api/shapes.ts'
import { formatDay, formatMoney, formatNumber } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { Facts } from '../parts/facts.tsx'
import { Figure } from '../parts/figure.tsx'
import { Empty, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import type { Column } from '../parts/table.tsx'
import { homeDays, nudges, useLoaded } from '../resources.ts'
import { Findings, findingKey } from './findings.tsx'
import { type CellState, type HomeStrip, homeStrip, type Peril, perils } from './home-strip.ts'

export function HomeDaysSection({ policy }: { readonly policy: Policy }) {
  return (
    <Section title={t('home.title')} note={t('home.live.note')}>
      <Show from={homeDays(policy.id)} lines={6}>
        {(days) => {
          const strip = homeStrip(days)
          return strip === undefined ? (
            <Empty title={t('home.none.title')} text={t('home.none.text')} />
          ) : (
            <Days policy={policy} strip={strip} records={days} />
          )
        }}
      </Show>
    </Section>
  )
}

interface DaysProps {
  readonly policy: Policy
  readonly strip: HomeStrip
  readonly records: readonly HomeDay[]
}

function Days({ policy, strip, records }: DaysProps) {
  const language = locale.value
  const opened = useSignal<string | undefined>(undefined)
  const litres = records.filter(({ day }) => strip.days.includes(day)).reduce((sum, record) => sum + record.litres, 0)
  return (
    <>
      <Facts
        isLarge
        facts={[
          { term: t('home.live'), value: `${formatNumber(strip.liveDays, language)} / ${strip.days.length}` },
          { term: t('home.litres'), value: t('home.litres.value', { n: formatNumber(litres, language) }) },
          { term: t('home.valve'), value: <Valve policy={policy} testedOn={strip.valveTestedOn} /> },
        ]}
      />
      <Figure
        title={t('home.title')}
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
          {strip.rows.map(({ peril, cells }) => (
            <div key={peril} class="strip-row">
              <span class="strip-name">{t(`home.${peril}`)}</span>
              <svg class="strip-cells" viewBox={`0 0 ${cells.length * 10} 20`} preserveAspectRatio="none" aria-hidden="true">
                {cells.map((cell, index) => (
                  <Cell
                    key={strip.days[index]}
                    cell={cell}
                    index={index}
                    day={strip.days[index] ?? ''}
                    peril={peril}
                    opened={opened}
                  />
                ))}
              </svg>
            </div>
          ))}
          <div class="strip-row strip-days" aria-hidden="true">
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
      <Findings findings={strip.findings} opened={opened} />
    </>
  )
}

interface CellProps {
  readonly cell: HomeStrip['rows'][number]['cells'][number]
  readonly index: number
  readonly day: string
  readonly peril: Peril
  readonly opened: Signal<string | undefined>
}

/** A square; what was noticed in it is told below, where keyboard and screen reader find it too. */
function Cell({ cell: { state, minutes }, index, day, peril, opened }: CellProps) {
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
  const finding = findingKey(day, peril)
  return (
    <a
      href={`#${finding}`}
      tabIndex={-1}
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

function Valve({ policy, testedOn }: { readonly policy: Policy; readonly testedOn: string | undefined }) {
  const found = useLoaded(nudges(policy.id))
  if (testedOn !== undefined)
    return <span class="fact-text">{t('home.valve.tested', { day: formatDay(testedOn, locale.value) })}</span>
  const saving = found.kind === 'ready' ? found.value.find(({ behaviour }) => behaviour === 'valve-test') : undefined
  return (
    <span class="fact-text">
      {t('home.valve.untested')} {saving === undefined ? null : valveSaving(saving)}
    </span>
  )
}

function valveSaving({ savingMinor, currency }: Nudge): string {
  return t('home.valve.saves', { amount: formatMoney(savingMinor, currency, locale.value) })
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
