// One dispute as the insurer decides it: what the holder says, what was recorded, what hangs on it, and the decision.

import type { DisputeDetail } from '../../api/dispute-shapes.ts'
import { formatDateTime, formatDistance, formatDuration, formatMoney, formatNumber, formatSpeed } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Facts } from '../parts/facts.tsx'
import { Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { dispute as disputeResource, disputes, trip as tripResource } from '../resources.ts'
import { pathOf } from '../routes.ts'
import { countedEvents, type DrivingEvent } from '../trips/counted-events.ts'
import { DisputeStatus, effectWords, Said } from '../trips/dispute-card.tsx'
import { disputeWords, eventName, strengthOf, timeOf } from '../trips/dispute-words.ts'
import { RouteDrawing } from '../trips/route-drawing.tsx'
import { SpeedChart } from '../trips/speed-chart.tsx'
import { TripEvidence } from '../trips/trip-evidence.tsx'
import { DecisionForm } from './decision-form.tsx'
import { type Evidence, evidenceOf, observationsAbout } from './dispute-evidence.ts'
import '../style/disputes.css'

export function DisputePage({ disputeId }: { readonly disputeId: string }) {
  usePageTitle(t('disputes.title'))
  const known = disputeResource(disputeId)
  return (
    <article class="single">
      <p class="crumb">
        <a href={pathOf({ kind: 'disputes' })}>← {t('disputes.title')}</a>
      </p>
      <Show from={known} lines={8}>
        {(dispute) => (
          <>
            <h1 class="dispute-head">
              {disputeWords(dispute)}
              <DisputeStatus status={dispute.status} />
            </h1>
            <HolderSays dispute={dispute} />
            <Stakes dispute={dispute} />
            <RecordedEvidence dispute={dispute} />
            <StepsSoFar dispute={dispute} />
            {dispute.status === 'withdrawn' ? null : (
              <Section title={dispute.status === 'open' ? t('disputes.decision') : t('disputes.decision.again')}>
                <DecisionForm
                  dispute={dispute}
                  onDecided={() => {
                    void known.refresh()
                    void disputes.refresh()
                  }}
                />
              </Section>
            )}
          </>
        )}
      </Show>
    </article>
  )
}

function HolderSays({ dispute }: { readonly dispute: DisputeDetail }) {
  const { policyholder, policyId, note, reason, decidedAtMs, decidedBy, createdAtMs, timeZone, status } = dispute
  const time = (atMs: number): string => formatDateTime(atMs, locale.value, timeZone)
  return (
    <div class="dispute">
      <p class="dispute-times">
        <a href={pathOf({ kind: 'policy', policyId })}>{t('disputes.of', { name: policyholder, id: policyId })}</a>
        {` · ${t('dispute.reported', { time: time(createdAtMs) })}`}
      </p>
      {note === '' ? <p>{t('dispute.note.none')}</p> : <Said by={t('dispute.note.theirs')} words={note} />}
      {reason === null ? null : (
        <Said
          by={
            decidedAtMs === null
              ? t('dispute.reason')
              : decidedBy === null
                ? t('dispute.decided', { time: time(decidedAtMs) })
                : t('dispute.decided.by', { time: time(decidedAtMs), name: decidedBy })
          }
          words={reason}
        />
      )}
      {status === 'open' && dispute.match === 'same' ? null : <p>{effectWords(dispute)}</p>}
    </div>
  )
}

function Stakes({ dispute: { stakes } }: { readonly dispute: DisputeDetail }) {
  if (stakes === null) return null
  const { currency, acceptedMinor, rejectedMinor } = stakes
  const difference = acceptedMinor - rejectedMinor
  return (
    <Section title={t('disputes.stakes.title')} note={t('disputes.stakes.note')}>
      <Facts
        isLarge
        facts={[
          { term: t('disputes.stakes.rejected'), value: formatMoney(rejectedMinor, currency, locale.value) },
          { term: t('disputes.stakes.accepted'), value: formatMoney(acceptedMinor, currency, locale.value) },
          {
            term: t('disputes.stakes.difference'),
            value: (
              <span class={difference < 0 ? 'lower' : difference > 0 ? 'higher' : undefined}>
                {formatMoney(difference, currency, locale.value, { sign: 'always' })}
              </span>
            ),
          },
        ]}
      />
      {difference === 0 ? <p class="dispute-none">{t('disputes.stakes.none')}</p> : null}
    </Section>
  )
}

/** Told when there is more than the last step, which stands above. */
function StepsSoFar({ dispute: { steps, timeZone } }: { readonly dispute: DisputeDetail }) {
  if (steps.length < 2) return null
  return (
    <Section title={t('disputes.steps')}>
      <ol class="dispute-steps">
        {steps.map(({ status, by, atMs, reason }) => (
          <li key={atMs}>
            {t('disputes.steps.by', {
              status: t(`dispute.status.${status}`),
              time: formatDateTime(atMs, locale.value, timeZone),
              name: by ?? t('disputes.steps.holder'),
            })}
            {reason === null ? null : <blockquote>{reason}</blockquote>}
          </li>
        ))}
      </ol>
    </Section>
  )
}

function RecordedEvidence({ dispute }: { readonly dispute: DisputeDetail }) {
  const [tripId] = dispute.trips
  if (tripId === undefined)
    return (
      <Section title={t('disputes.evidence')}>
        <p>{t('disputes.evidence.gone')}</p>
      </Section>
    )
  return (
    <Section
      title={t('disputes.evidence')}
      note={
        <>
          {dispute.event === null ? null : <p>{t('disputes.evidence.event')}</p>}
          <a href={pathOf({ kind: 'trip', policyId: dispute.policyId, tripId })}>{t('disputes.evidence.trip')}</a>
        </>
      }
    >
      <Show key={tripId} from={tripResource(tripId)} lines={6}>
        {(detail) => {
          const evidence = evidenceOf(detail, dispute.events)
          const shown = evidence?.detail ?? detail
          return (
            <>
              <Facts
                facts={
                  evidence === undefined
                    ? [
                        {
                          term: t('disputes.trip'),
                          value: formatDateTime(detail.startedAtMs, locale.value, detail.timeZone),
                        },
                        { term: t('trips.distance'), value: formatDistance(detail.distanceM, locale.value) },
                        { term: t('trips.duration'), value: formatDuration(detail.durationS, locale.value) },
                        { term: t('trips.top-speed'), value: formatSpeed(detail.maxSpeedKph, locale.value) },
                      ]
                    : eventFacts(evidence)
                }
              />
              <TripEvidence detail={shown} observations={observationsAbout(detail, evidence)} />
              <div class="trip-pictures dispute-pictures">
                <figure class="figure">
                  <SpeedChart detail={shown} />
                </figure>
                <figure class="figure">
                  <RouteDrawing
                    course={detail.course}
                    events={evidence?.events ?? countedEvents(detail.events, detail.counts)}
                    label={t('trip.route.title')}
                    missing={<p class="figure-missing">{t('trip.route.none')}</p>}
                  />
                </figure>
              </div>
            </>
          )
        }}
      </Show>
    </Section>
  )
}

/** From readings a second apart most manoeuvres are one reading. */
function lasted({ startMs, endMs }: DrivingEvent): readonly string[] {
  return endMs - startMs < 1000 ? [] : [formatDuration((endMs - startMs) / 1000, locale.value)]
}

function eventFacts({ events, speedKph, detail }: Evidence): readonly { readonly term: string; readonly value: string }[] {
  const speed = (kph: number): string => formatNumber(kph, locale.value, 0)
  return [
    ...events.map((event: DrivingEvent) => ({
      term: `${eventName(event.kind)}${t('app.list-comma')}${timeOf(event.startMs, detail.timeZone)}`,
      value: [strengthOf(event), ...lasted(event)].join(t('app.list-comma')),
    })),
    ...(speedKph === undefined
      ? []
      : [
          {
            term: t('disputes.evidence.speed'),
            value: t('disputes.evidence.speed.value', { from: speed(speedKph.from), to: speed(speedKph.to) }),
          },
        ]),
  ]
}
