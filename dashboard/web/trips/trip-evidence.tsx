// What was noticed on a trip, each with the samples around it: the evidence that an event rests on, whether it counts or not.

import { useSignal } from '@preact/signals'
import type { TripDetail } from '../../api/shapes.ts'
import {
  formatDuration,
  formatFixed,
  formatNumber,
  formatPercent,
  formatSpeed,
  formatTimeToSecond,
} from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { Figure } from '../parts/figure.tsx'
import type { Column } from '../parts/table.tsx'
import { evidencePicture, type Observation, pictureSize } from './evidence-picture.ts'
import '../style/evidence.css'

/** The strongest; the rest on demand. */
const shownAtFirst = 4

interface TripEvidenceProps {
  readonly detail: TripDetail
  /** Of the trip; all of them when left out. */
  readonly observations?: readonly Observation[]
}

export function TripEvidence({ detail, observations = detail.observations }: TripEvidenceProps) {
  const isAll = useSignal(false)
  if (observations.length === 0) return null
  const strongest = observations.toSorted((one, other) => weight(other) - weight(one) || one.startMs - other.startMs)
  const shown = (isAll.value ? strongest : strongest.slice(0, shownAtFirst)).toSorted((one, other) => one.startMs - other.startMs)
  const hidden = observations.length - shown.length
  return (
    <section class="single-part">
      <h2>{t('evidence.title')}</h2>
      <p class="evidence-intro">{t('evidence.intro')}</p>
      <p class="evidence-key">
        <span class="evidence-key-longitudinal">{t('evidence.longitudinal')}</span>
        <span class="evidence-key-lateral">{t('evidence.lateral')}</span>
      </p>
      <ul class="evidence-list">
        {shown.map((observation) => (
          <li key={`${observation.kind} ${observation.startMs}`}>
            <EvidenceFigure observation={observation} timeZone={detail.timeZone} />
          </li>
        ))}
      </ul>
      {hidden === 0 ? null : (
        <button
          type="button"
          class="button"
          onClick={() => {
            isAll.value = true
          }}
        >
          {t('evidence.more', { count: hidden })}
        </button>
      )}
    </section>
  )
}

/** A possible crash before everything, then the strength that a person would feel. */
function weight({ kind, peak, confidence }: Observation): number {
  return kind === 'possible-crash' ? Number.MAX_VALUE : kind === 'phone-use' ? 0 : Math.abs(peak) * confidence
}

interface Sample {
  readonly offsetMs: number
  readonly kph: number | null
  readonly longitudinalMps2: number | null
  readonly lateralMps2: number | null
}

function EvidenceFigure({ observation, timeZone }: { readonly observation: Observation; readonly timeZone: string }) {
  const { kind, startMs, endMs, confidence, evidence } = observation
  const name = t(`evidence.kind.${kind}`)
  const picture = evidencePicture(observation)
  const language = locale.value
  const caption = [
    formatDuration((endMs - startMs) / 1000, language),
    strengthOf(observation),
    t('evidence.confidence', { share: formatPercent(confidence, language) }),
  ].join(t('app.list-comma'))
  return (
    <Figure
      title={name}
      isCaptionFirst
      caption={
        <>
          <strong class="evidence-name">
            {formatTimeToSecond(startMs, language, timeZone)} {name}
          </strong>
          {caption}
        </>
      }
      columns={sampleColumns()}
      rows={evidence.offsetMs.map(
        (offsetMs, index): Sample => ({
          offsetMs,
          kph: evidence.kph[index] ?? null,
          longitudinalMps2: evidence.longitudinalMps2[index] ?? null,
          lateralMps2: evidence.lateralMps2[index] ?? null,
        }),
      )}
      rowKey={({ offsetMs }) => String(offsetMs)}
    >
      {picture === undefined ? (
        <p class="figure-missing">{t('evidence.none')}</p>
      ) : (
        <svg class="evidence-picture" viewBox={`0 0 ${pictureSize.width} ${pictureSize.height}`} role="img" aria-label={name}>
          <rect
            class="evidence-during"
            x={picture.during.x}
            y={pictureSize.top}
            width={picture.during.width}
            height={pictureSize.height - pictureSize.top - pictureSize.bottom}
          />
          {picture.marks.map(({ mps2, y }) => (
            <g key={mps2}>
              <line class="evidence-rule" x1={pictureSize.left} x2={pictureSize.width - pictureSize.right} y1={y} y2={y} />
              <text class="evidence-mark" x={pictureSize.left - 5} y={y + 4} text-anchor="end">
                {formatNumber(mps2, language)}
              </text>
            </g>
          ))}
          {picture.times.map(({ seconds, x }) => (
            <text key={seconds} class="evidence-mark" x={x} y={pictureSize.height - 5} text-anchor="middle">
              {t('evidence.seconds', { seconds: formatNumber(seconds, language) })}
            </text>
          ))}
          <path class="evidence-lateral" d={picture.lateral} />
          <path class="evidence-longitudinal" d={picture.longitudinal} />
        </svg>
      )}
    </Figure>
  )
}

function strengthOf({ kind, peak }: Observation): string {
  if (kind === 'phone-use') return t('evidence.up-to', { speed: formatSpeed(peak, locale.value) })
  return `${formatFixed(Math.abs(peak), locale.value, 1)} m/s²`
}

function sampleColumns(): readonly Column<Sample>[] {
  const number = (value: number | null, decimals: number): string =>
    value === null ? '–' : formatFixed(value, locale.value, decimals)
  return [
    { key: 'time', title: t('evidence.offset'), isNumber: true, cell: ({ offsetMs }) => number(offsetMs / 1000, 2) },
    { key: 'speed', title: t('heat.speed'), isNumber: true, cell: ({ kph }) => number(kph, 0) },
    {
      key: 'longitudinal',
      title: t('evidence.longitudinal'),
      isNumber: true,
      cell: ({ longitudinalMps2 }) => number(longitudinalMps2, 2),
    },
    { key: 'lateral', title: t('evidence.lateral'), isNumber: true, cell: ({ lateralMps2 }) => number(lateralMps2, 2) },
  ]
}
