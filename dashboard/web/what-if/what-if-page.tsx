// What if: sliders on the person's own edition, and what they would pay. The server computes; nothing of it is kept anywhere.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Premium } from '../../api/shapes.ts'
import type { WhatIfControls } from '../../api/what-if-routes.ts'
import { formatKm, formatMoney, formatNumber, formatPercent } from '../../messages/format.ts'
import { type PersonKey, sayPerson, sayPersonIfKnown } from '../../messages/person.ts'
import { premiumPath } from '../../messages/premium-path.ts'
import { type MessageValues, sayIfKnown } from '../../messages/say.ts'
import { stepTitle } from '../../messages/worksheet.ts'
import { announce } from '../announce.ts'
import { get } from '../api.ts'
import { locale } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Amount } from '../parts/amount.tsx'
import { Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { keyed } from '../resources.ts'
import '../style/what-if.css'

type Slider = WhatIfControls['sliders'][number]
type Choice = WhatIfControls['classChoices'][number]
type Sheet = Pick<Premium, 'steps' | 'premiumMinor' | 'classPremiumMinor'>
type Changes = Readonly<Record<string, number | string>>

const controls = keyed<WhatIfControls>((id) => `policies/${id}/what-if`)
/** While something is moved the server is asked this often at most. */
const askEveryMs = 150
const monthsPerYear = 12
const minorMin = 0.5

function say(key: PersonKey, values: MessageValues = {}): string {
  return sayPerson(locale.value, key, values)
}

export function WhatIfPage({ policyId }: { readonly policyId: string }) {
  usePageTitle(say('what-if.title'))
  return (
    <>
      <h1>{say('what-if.title')}</h1>
      <p class="lead">{say('what-if.lead')}</p>
      <Show from={controls(policyId)} lines={8}>
        {(known) => <Trying policyId={policyId} known={known} />}
      </Show>
    </>
  )
}

function Trying({ policyId, known }: { readonly policyId: string; readonly known: WhatIfControls }) {
  const changes = useSignal<Changes>({})
  const sheet = useSignal<Sheet>(known.worksheet)
  const isFailed = useSignal(false)
  const asked = useRef(0)
  useEffect(() => {
    asked.current += 1
    const mine = asked.current
    if (Object.keys(changes.value).length === 0) {
      sheet.value = known.worksheet
      return undefined
    }
    const timer = setTimeout(async () => {
      const query = encodeURIComponent(JSON.stringify(changes.value))
      const outcome = await get<Sheet>(`policies/${encodeURIComponent(policyId)}/what-if/worksheet?changes=${query}`)
      if (mine !== asked.current) return
      isFailed.value = outcome.kind === 'failure'
      if (outcome.kind === 'failure') return
      sheet.value = outcome.value
      const amount = formatMoney(outcome.value.premiumMinor, known.currency, locale.value)
      announce(say('what-if.told', { amount, difference: differenceText(known, outcome.value) }))
    }, askEveryMs)
    return () => clearTimeout(timer)
  }, [changes.value, known])
  const change = (name: string, value: number | string, now: number | string): void => {
    const { [name]: _, ...others } = changes.value
    changes.value = value === now ? others : { ...others, [name]: value }
  }
  const isHome = known.worksheet.product === 'home'
  return (
    <div class="what-if">
      <div class="what-if-result">
        <p class="field-name">{say('what-if.result')}</p>
        <p class="what-if-amount">
          <Amount minor={sheet.value.premiumMinor} currency={known.currency} /> {say('what-if.a-month')}
        </p>
        <p>{differenceText(known, sheet.value)}</p>
        {isFailed.value ? <p class="form-problem">{say('what-if.failed')}</p> : null}
        <Moves known={known} sheet={sheet.value} isTried={Object.keys(changes.value).length > 0} />
        <button
          type="button"
          class="button"
          disabled={Object.keys(changes.value).length === 0}
          onClick={() => {
            changes.value = {}
            announce(say('what-if.reset.told'))
          }}
        >
          {say('what-if.reset')}
        </button>
      </div>
      <div>
        <Section
          title={say(isHome ? 'what-if.home' : 'what-if.driving')}
          note={say(isHome ? 'what-if.home.note' : 'what-if.driving.note')}
        >
          {known.sliders.map((slider) => (
            <OneSlider key={slider.id} slider={slider} value={changes.value[slider.id]} onMove={change} />
          ))}
        </Section>
        <Section
          title={say(isHome ? 'what-if.class.home' : 'what-if.class')}
          note={say(isHome ? 'what-if.class.home.note' : 'what-if.class.note')}
        >
          {known.classChoices.map((choice) => (
            <OneChoice key={choice.input} choice={choice} value={changes.value[`class:${choice.input}`]} onMove={change} />
          ))}
        </Section>
      </div>
    </div>
  )
}

interface Moved {
  readonly onMove: (name: string, value: number | string, now: number | string) => void
  readonly value: number | string | undefined
}

function OneSlider({ slider, value, onMove }: Moved & { readonly slider: Slider }) {
  const { id, unit, min, max, step, now } = slider
  const name =
    sayPersonIfKnown(locale.value, id === 'experience' ? `what-if.slider.experience.${unit}` : `what-if.slider.${id}`) ?? id
  const shown = typeof value === 'number' ? value : now
  const help = sayPersonIfKnown(locale.value, `what-if.help.${id}`)
  // The person may stand between two positions; coming within half of one is coming back.
  const move = (next: number): void => onMove(id, Math.abs(next - now) <= step / 2 ? now : next, now)
  return (
    <div class="what-if-control">
      <label for={`what-if-${id}`}>{name}</label>
      <output for={`what-if-${id}`}>{valueText(unit, shown)}</output>
      <input
        id={`what-if-${id}`}
        type="range"
        min={min}
        max={max}
        step={step}
        value={shown}
        aria-valuetext={valueText(unit, shown)}
        onInput={(event) => move(Number(event.currentTarget.value))}
      />
      <p class="field-hint">
        {say('what-if.you-now', { value: valueText(unit, now) })}
        {slider.isMeasured ? '' : ` · ${say('what-if.not-measured')}`}
        {help === undefined ? '' : ` · ${help}`}
      </p>
    </div>
  )
}

function OneChoice({ choice, value, onMove }: Moved & { readonly choice: Choice }) {
  const name = choice.label?.[locale.value] ?? choice.input
  const id = `what-if-class-${choice.input}`
  const key = `class:${choice.input}`
  return (
    <div class="what-if-control">
      <label for={id}>{name}</label>
      {choice.kind === 'level' ? (
        <select
          id={id}
          value={String(value ?? choice.now)}
          onChange={(event) => onMove(key, event.currentTarget.value, choice.now)}
        >
          {choice.levels.map((level) => (
            <option key={level} value={level}>
              {levelText(choice.input, level)}
            </option>
          ))}
        </select>
      ) : (
        <>
          <output for={id}>{formatNumber(Number(value ?? choice.now), locale.value)}</output>
          <input
            id={id}
            type="range"
            min={choice.min}
            max={choice.max}
            step={choice.step}
            value={Number(value ?? choice.now)}
            onInput={(event) => onMove(key, Number(event.currentTarget.value), choice.now)}
          />
        </>
      )}
      <p class="field-hint">
        {say('what-if.you-now', {
          value: choice.kind === 'level' ? levelText(choice.input, choice.now) : formatNumber(choice.now, locale.value),
        })}
      </p>
    </div>
  )
}

function Moves({ known, sheet, isTried }: { readonly known: WhatIfControls; readonly sheet: Sheet; readonly isTried: boolean }) {
  const before = stepsOf(known.worksheet)
  const moved = [...stepsOf(sheet)].flatMap(([id, { title, minor }]) => {
    const byMinor = minor - (before.get(id)?.minor ?? 0)
    return Math.abs(byMinor) < minorMin ? [] : [{ id, title, byMinor }]
  })
  if (moved.length === 0) return <p class="field-hint">{say(isTried ? 'what-if.moves.nothing' : 'what-if.moves.none')}</p>
  return (
    <dl class="what-if-moves" aria-label={say('what-if.moves')}>
      {moved.map(({ id, title, byMinor }) => (
        <div key={id}>
          <dt>{title}</dt>
          <dd>{formatMoney(byMinor, known.currency, locale.value, { sign: 'always' })}</dd>
        </div>
      ))}
    </dl>
  )
}

function stepsOf(sheet: Sheet): ReadonlyMap<string, { readonly title: string; readonly minor: number }> {
  const { classSteps, ownSteps } = premiumPath(sheet)
  return new Map(
    [...classSteps, ...ownSteps].map(({ step, changeMinor }) => [
      step.id,
      { title: stepTitle(step, locale.value), minor: changeMinor },
    ]),
  )
}

function differenceText({ premiumMinor, currency }: WhatIfControls, sheet: Sheet): string {
  const minor = sheet.premiumMinor - premiumMinor
  if (minor === 0) return say('what-if.same')
  const money = (amount: number): string => formatMoney(Math.abs(amount), currency, locale.value)
  const values = { month: money(minor), year: money(minor * monthsPerYear) }
  return say(minor < 0 ? 'what-if.difference.less' : 'what-if.difference.more', values)
}

function levelText(input: string, level: string): string {
  return sayIfKnown(locale.value, `level.${input}.${level}`) ?? level
}

function valueText(unit: Slider['unit'], value: number): string {
  switch (unit) {
    case 'km':
    case 'km-per-year':
      return formatKm(Math.round(value), locale.value)
    case 'share':
      return formatPercent(value, locale.value, 1)
    case 'tests':
      return say(value > 0 ? 'what-if.value.yes' : 'what-if.value.no')
    case 'live-days':
      return say('what-if.value.live-days', { n: Math.round(value) })
    case 'per-1000-km':
    case 'minutes-per-day':
      return say(`what-if.value.${unit}`, { n: Math.round(value * 10) / 10 })
  }
}
