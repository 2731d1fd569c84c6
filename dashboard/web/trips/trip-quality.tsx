// How good a trip's data was, and what becomes of it for the price: whatever is doubtful is said, and none of it costs anything.

import type { TripDetail } from '../../api/shapes.ts'
import { formatDistance, formatPercent } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { type Fact, Facts } from '../parts/facts.tsx'
import '../style/driving.css'

export function TripQuality({ detail }: { readonly detail: TripDetail }) {
  const { quality, standing, completeness } = detail
  const language = locale.value
  const { carried, checks, doubts } = quality
  const check = (term: string, found: typeof checks.coordinates): readonly Fact[] =>
    found === null ? [] : [{ term, value: t('quality.check', { share: formatPercent(found.agreement, language, 1) }) }]
  return (
    <section class="single-part">
      <h2>{t('quality.trip.title')}</h2>
      <p class="quality-standing">{t(`quality.standing.${standing}`)}</p>
      <Facts
        facts={[
          { term: t('quality.completeness'), value: formatPercent(completeness, language) },
          { term: t('quality.clock'), value: formatPercent(quality.clockTrust, language) },
          { term: t('quality.confidence'), value: formatPercent(quality.confidence, language) },
          ...check(t('quality.coordinates'), checks.coordinates),
          ...check(t('quality.odometer'), checks.odometer),
          ...(carried.metres > 0 ? [{ term: t('quality.carried'), value: formatDistance(carried.metres, language) }] : []),
        ]}
      />
      {doubts.length === 0 ? null : (
        <ul class="quality-doubts">
          {doubts.map((doubt) => (
            <li key={doubt}>{t(`quality.doubt.${doubt}`)}</li>
          ))}
        </ul>
      )}
      <p class="section-text">{t('quality.promise')}</p>
    </section>
  )
}
