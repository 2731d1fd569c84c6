// What was noticed at home, one line for a day and peril: opened, it tells when, how long, against what, and how it ended.

import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { formatDay, formatDegrees, formatDuration, formatPercent, formatTime } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { calendarDay, type Finding, type Peril, type Span } from './home-strip.ts'

/** More are shown on demand. */
const shownMax = 6
/** Told, and held against nobody. */
const hints: ReadonlySet<Span['kind']> = new Set(['freeze-trend', 'mould', 'power-unattended'])

interface FindingsProps {
  /** The installation they are of; part of each one's place in the page. */
  readonly place: string
  readonly findings: readonly Finding[]
  /** The one that a square of the picture asked for. */
  readonly opened: Signal<string | undefined>
}

export function Findings({ place, findings, opened }: FindingsProps) {
  const isWhole = useSignal(false)
  const index = findings.findIndex((finding) => keyOf(finding, place) === opened.value)
  const shown = isWhole.value || index >= shownMax ? findings : findings.slice(0, shownMax)
  if (findings.length === 0) return null
  return (
    <section class="findings">
      <h3>{t('home.found.title')}</h3>
      {shown.map((finding) => (
        <FindingLine key={keyOf(finding, place)} place={place} finding={finding} opened={opened} />
      ))}
      {shown.length < findings.length ? (
        <button
          type="button"
          class="button"
          onClick={() => {
            isWhole.value = true
          }}
        >
          {t('home.found.more', { count: findings.length })}
        </button>
      ) : null}
    </section>
  )
}

interface FindingLineProps {
  readonly place: string
  readonly finding: Finding
  readonly opened: Signal<string | undefined>
}

function FindingLine({ place, finding, opened }: FindingLineProps) {
  const language = locale.value
  const line = useRef<HTMLDetailsElement>(null)
  const isOpened = opened.value === keyOf(finding, place)
  useEffect(() => {
    if (isOpened) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpened])
  const { day, peril, state, minutes, spans, reactionMinutes, completeness } = finding
  return (
    <details ref={line} id={keyOf(finding, place)} class={`finding finding-${state}`} open={isOpened}>
      <summary>
        <span>{formatDay(day, language)}</span>
        <span>{t(`home.${peril}`)}</span>
        <span>{state === 'hint' ? t('home.found.hint') : formatDuration(minutes * 60, language)}</span>
        {reactionMinutes === null ? null : (
          <span class="finding-reaction">
            {t('home.found.reaction', { duration: formatDuration(reactionMinutes * 60, language) })}
          </span>
        )}
      </summary>
      <ol>
        {spans.map((span) => (
          <li key={`${span.kind} ${span.startMs}`}>
            <p>
              {spanText(span)} {t(`home.ended.${span.ended}`)}
            </p>
            <p class="finding-when">{whenText(span, finding)}</p>
          </li>
        ))}
      </ol>
      {completeness === null || completeness > 0.98 ? null : (
        <p class="finding-note">{t('home.found.completeness', { share: formatPercent(completeness, language) })}</p>
      )}
    </details>
  )
}

/** Also its place in the page. */
export function findingKey(day: string, peril: Peril, place: string): string {
  return `${peril}-${day}-${place}`
}

function keyOf({ day, peril }: Finding, place: string): string {
  return findingKey(day, peril, place)
}

function spanText({ kind, figure, limit }: Span): string {
  if (kind === 'leak-flow' && limit === null) return t('home.span.leak-flow.much', { figure: figure ?? '–' })
  if (kind === 'freeze') return t('home.span.freeze', { figure: degrees(figure), limit: degrees(limit) })
  if (kind === 'freeze-trend') return t('home.span.freeze-trend', { figure: figure ?? '–', limit: degrees(0) })
  return t(`home.span.${kind}`, { figure: figure ?? '–', limit: limit ?? '–' })
}

/** What began before midnight is only known to have been so since the evening. */
function whenText({ kind, startMs, endMs, minutes, confidence }: Span, { day, timeZone }: Finding): string {
  const language = locale.value
  const to = formatTime(endMs, language, timeZone)
  const isOfDay = calendarDay(startMs, timeZone) === day
  const when = isOfDay
    ? t('home.span.when', { from: formatTime(startMs, language, timeZone), to })
    : t('home.span.when.before', { to })
  return [
    when,
    formatDuration(isOfDay ? (endMs - startMs) / 1000 : minutes * 60, language),
    t('home.span.confidence', { share: formatPercent(confidence, language) }),
    ...(hints.has(kind) ? [t('home.found.hint')] : []),
  ].join(' · ')
}

function degrees(celsius: number | null): string {
  return celsius === null ? '–' : formatDegrees(celsius, locale.value)
}
