// Settings: how figures are read, what opens first, what counts as a new message, and when nothing is sent. Every change is saved as it
// is made, whole, and the former settings sent again undo it.

import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Settings } from '../../inbox/settings.ts'
import { formatDegrees, formatDistance, formatSpeed } from '../../messages/format.ts'
import { type Locale, locales } from '../../messages/locale.ts'
import type { MessageValues } from '../../messages/say.ts'
import { type SettingsKey, saySettings } from '../../messages/settings.ts'
import { announce } from '../announce.ts'
import { call } from '../client.ts'
import { chooseLocale, locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { asked } from '../resources.ts'
import { chooseTheme, theme, themes } from '../theme.ts'
import { askUnread } from '../unread.ts'
import { takeSettings } from './own-settings.ts'
import '../style/privacy.css'
import '../style/settings.css'

const kept = asked(() => call('getSettings'))
/** Beside the page, which is drawn anew when its units change. */
const former = signal<Settings | undefined>(undefined)
const isFailed = signal(false)
const kinds = ['premium', 'goal', 'dispute', 'trip', 'device', 'privacy'] as const
const openings = ['premium', 'trips', 'what-if', 'messages'] as const
const hours = Array.from({ length: 24 }, (_, hour) => hour)
const languageNames: Readonly<Record<Locale, string>> = { en: 'English', 'zh-CN': '简体中文' }
const sampleTrip = { metres: 12_345, speedKph: 80, celsius: 4 } as const

function s(key: SettingsKey, values: MessageValues = {}): string {
  return saySettings(locale.value, key, values)
}

export function SettingsPage() {
  usePageTitle(s('title'))
  return (
    <>
      <h1>{s('title')}</h1>
      <p class="lead">{s('lead')}</p>
      <Show from={kept} lines={10}>
        {(settings) => <AllSettings settings={settings} />}
      </Show>
    </>
  )
}

/** Sent whole; what failed is as it was. */
async function save(next: Settings, before: Settings | undefined): Promise<void> {
  const outcome = await call('postSettings', { body: next })
  isFailed.value = outcome.kind === 'failure'
  if (outcome.kind === 'failure') {
    await kept.refresh()
    return
  }
  former.value = before
  takeSettings(outcome.value)
  if (outcome.value.locale !== locale.value) await chooseLocale(outcome.value.locale)
  await Promise.all([kept.refresh(), askUnread()])
  announce(s(before === undefined ? 'undone' : 'saved'))
}

function AllSettings({ settings }: { readonly settings: Settings }) {
  const set = (change: Partial<Settings>): void => {
    void save({ ...settings, locale: locale.value, ...change }, { ...settings, locale: locale.value })
  }
  return (
    <>
      <Saved />
      <Section title={s('reading')} note={s('reading.note')}>
        <Choices
          name="language"
          legend={s('language')}
          chosen={locale.value}
          options={locales.map((value) => ({ value, text: languageNames[value] }))}
          onChoose={(value) => set({ locale: value })}
        />
        <Choices
          name="theme"
          legend={s('theme')}
          chosen={theme.value}
          options={themes.map((value) => ({ value, text: t(`app.theme.${value}`) }))}
          onChoose={chooseTheme}
        />
        <Choices
          name="units"
          legend={s('units')}
          chosen={settings.units}
          options={(['km', 'mi'] as const).map((value) => ({ value, text: s(`units.${value}`) }))}
          onChoose={(value) => set({ units: value })}
        />
        <Choices
          name="degrees"
          legend={s('degrees')}
          chosen={settings.degrees}
          options={(['c', 'f'] as const).map((value) => ({ value, text: s(`degrees.${value}`) }))}
          onChoose={(value) => set({ degrees: value })}
        />
        <p class="field-hint settings-sample">
          {s('sample', {
            distance: formatDistance(sampleTrip.metres, locale.value),
            speed: formatSpeed(sampleTrip.speedKph, locale.value),
            degrees: formatDegrees(sampleTrip.celsius, locale.value),
          })}
        </p>
      </Section>
      <Section title={s('opening')} note={s('opening.note')}>
        <Choices
          name="opening"
          legend={s('opening')}
          isLegendHidden
          chosen={settings.opening}
          options={openings.map((value) => ({ value, text: s(`opening.${value}`) }))}
          onChoose={(value) => set({ opening: value })}
        />
      </Section>
      <Section title={s('messages')} note={s('messages.note')}>
        <fieldset>
          <legend class="for-screen-readers">{s('messages')}</legend>
          {kinds.map((kind) => (
            <label key={kind} class="settings-check">
              <input
                type="checkbox"
                checked={!settings.muted.includes(kind)}
                onChange={(event) => {
                  const others = settings.muted.filter((muted) => muted !== kind)
                  set({ muted: event.currentTarget.checked ? others : [...others, kind] })
                }}
              />
              <span>{s(`messages.${kind}`)}</span>
            </label>
          ))}
        </fieldset>
      </Section>
      <QuietHours settings={settings} onSet={set} />
      <Section title={s('more')}>
        <Elsewhere href="/account" title={s('more.account')} text={s('more.account.text')} />
        <Elsewhere href="/privacy" title={s('more.privacy')} text={s('more.privacy.text')} />
      </Section>
    </>
  )
}

function Saved() {
  const before = former.value
  return (
    <div class="settings-saved" role="status">
      {isFailed.value ? <p class="form-problem">{s('failed')}</p> : null}
      {before === undefined || isFailed.value ? null : (
        <p>
          {s('saved')}{' '}
          <button type="button" class="button-plain" onClick={() => void save(before, undefined)}>
            {s('undo')}
          </button>
        </p>
      )}
    </div>
  )
}

interface QuietHoursProps {
  readonly settings: Settings
  readonly onSet: (change: Partial<Settings>) => void
}

function QuietHours({ settings: { quietFromHour, quietToHour }, onSet }: QuietHoursProps) {
  return (
    <Section title={s('quiet')} note={s('quiet.note')}>
      <div class="settings-hours">
        <Hour name={s('quiet.from')} hour={quietFromHour} onChoose={(hour) => onSet({ quietFromHour: hour })} />
        <Hour name={s('quiet.to')} hour={quietToHour} onChoose={(hour) => onSet({ quietToHour: hour })} />
      </div>
      <p class="field-hint">
        {quietFromHour === quietToHour
          ? s('quiet.none')
          : s('quiet.is', { from: clockText(quietFromHour), to: clockText(quietToHour) })}
      </p>
    </Section>
  )
}

interface HourProps {
  readonly name: string
  readonly hour: number
  readonly onChoose: (hour: number) => void
}

function Hour({ name, hour, onChoose }: HourProps) {
  return (
    <label class="field">
      <span class="field-name">{name}</span>
      <select value={hour} onChange={(event) => onChoose(Number(event.currentTarget.value))}>
        {hours.map((one) => (
          <option key={one} value={one}>
            {clockText(one)}
          </option>
        ))}
      </select>
    </label>
  )
}

function clockText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

interface ChoicesProps<Value extends string> {
  readonly name: string
  readonly legend: string
  readonly isLegendHidden?: boolean
  readonly chosen: Value
  readonly options: readonly { readonly value: Value; readonly text: ComponentChildren }[]
  readonly onChoose: (value: Value) => void
}

function Choices<Value extends string>({ name, legend, isLegendHidden = false, chosen, options, onChoose }: ChoicesProps<Value>) {
  return (
    <fieldset class="choices settings-choices" aria-label={legend}>
      {isLegendHidden ? null : <legend class="field-name">{legend}</legend>}
      {options.map(({ value, text }) => (
        <label key={value} class="choice">
          <input type="radio" name={name} checked={value === chosen} onChange={() => onChoose(value)} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Elsewhere({ href, title, text }: { readonly href: string; readonly title: string; readonly text: string }) {
  return (
    <p class="settings-elsewhere">
      <a href={href}>{title}</a>
      <span class="field-hint">{text}</span>
    </p>
  )
}
