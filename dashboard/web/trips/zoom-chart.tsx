// A speed chart that can be looked into: drag across it or use the buttons, and the readings of the stretch come in full.

import { useSignal } from '@preact/signals'
import { useCallback, useMemo } from 'preact/hooks'
import type { TripDetail } from '../../api/shapes.ts'
import type { Course } from '../../api/trip-shapes.ts'
import { formatNumber, formatTimeToSecond } from '../../messages/format.ts'
import { type OwnPageKey, sayOwnPage } from '../../messages/own-pages.ts'
import { announce } from '../announce.ts'
import { get } from '../api.ts'
import { locale } from '../language.ts'
import { failureText } from '../parts/notice.tsx'
import { SpeedChart } from './speed-chart.tsx'
import { type Move, moveStretch, moves, type Stretch, stretchWithin } from './zoom-stretch.ts'

const words = (key: OwnPageKey, values?: Readonly<Record<string, string | number>>): string =>
  sayOwnPage(locale.value, key, values)

interface Shown extends Stretch {
  readonly course: Course
}

export function ZoomChart({ detail }: { readonly detail: TripDetail }) {
  /** Undefined for the whole trip. */
  const shown = useSignal<Shown | undefined>(undefined)
  const problem = useSignal('')
  const whole: Stretch = { fromMs: detail.course.tMs.at(0) ?? 0, untilMs: detail.course.tMs.at(-1) ?? 0 }

  const show = async (stretch: Stretch | undefined): Promise<void> => {
    if (stretch === undefined) {
      shown.value = undefined
      problem.value = ''
      return
    }
    const { fromMs, untilMs } = stretch
    const outcome = await get<Course>(`trips/${encodeURIComponent(detail.id)}/course?from=${fromMs}&until=${untilMs}`)
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    if (outcome.kind === 'failure' || outcome.value.tMs.length < 2) return
    shown.value = { ...stretch, course: outcome.value }
    announce(stretchWords(shown.value, detail.timeZone))
  }
  const course = shown.value?.course ?? detail.course
  // The chart is drawn anew only when there is another course.
  const drawn = useMemo(() => ({ ...detail, course }), [detail, course])
  const { fromMs: wholeFromMs, untilMs: wholeUntilMs } = whole
  const onStretch = useCallback(
    (fromMs: number, untilMs: number) =>
      void show(stretchWithin({ fromMs: wholeFromMs, untilMs: wholeUntilMs }, fromMs, untilMs)),
    [detail.id, wholeFromMs, wholeUntilMs],
  )
  return (
    <>
      <SpeedChart detail={drawn} onStretch={onStretch} />
      <div class="zoom">
        {moves.map((move: Move) => (
          <button
            key={move}
            type="button"
            class="button-plain"
            disabled={shown.value === undefined && move !== 'in'}
            onClick={() => void show(moveStretch(whole, shown.value, move))}
          >
            {words(`zoom.${move}`)}
          </button>
        ))}
        <span class="zoom-words">
          {shown.value === undefined ? words('zoom.hint') : stretchWords(shown.value, detail.timeZone)}
        </span>
        <span role="alert" class="form-problem">
          {problem.value}
        </span>
      </div>
    </>
  )
}

function stretchWords({ fromMs, untilMs, course }: Shown, timeZone: string): string {
  return words('zoom.shown', {
    from: formatTimeToSecond(fromMs, locale.value, timeZone),
    until: formatTimeToSecond(untilMs, locale.value, timeZone),
    count: formatNumber(course.tMs.length, locale.value),
  })
}
