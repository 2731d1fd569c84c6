// The place of a speed chart. The drawing library is loaded after the first screen, and draws again when the
// language, the appearance or the width changes.

import { effect, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { TripDetail } from '../../api/shapes.ts'
import { locale, t } from '../language.ts'
import { followTheme } from '../theme.ts'
import type { OnStretch } from './speed-plot.ts'

/** Starts loading just before somebody scrolls there, */
const nearMargin = '200px'
/** or when the page has been there for a while and everything above is drawn. */
const patienceMs = 1500

interface SpeedChartProps {
  readonly detail: TripDetail
  /** Somebody dragged across a stretch of it. */
  readonly onStretch?: OnStretch
}

export function SpeedChart({ detail, onStretch }: SpeedChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const isNear = useSignal(false)
  const isBroken = useSignal(false)

  useEffect(() => {
    const { current } = place
    if (current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        isNear.value = true
        observer.disconnect()
      },
      { rootMargin: nearMargin },
    )
    observer.observe(current)
    const timer = setTimeout(() => {
      isNear.value = true
    }, patienceMs)
    return () => {
      observer.disconnect()
      clearTimeout(timer)
    }
  }, [isNear])

  useEffect(() => {
    const { current } = place
    if (!isNear.value || current === null) return
    return effect(() => {
      const language = locale.value
      followTheme()
      let isGone = false
      let remove: (() => void) | undefined
      import('./speed-plot.ts').then(
        ({ drawSpeed }) => {
          if (!isGone) remove = drawSpeed(current, detail, language, onStretch)
        },
        () => {
          isBroken.value = true
        },
      )
      return () => {
        isGone = true
        remove?.()
      }
    })
  }, [isNear.value, isNear, isBroken, detail, onStretch])

  return (
    <div class="speed-chart" ref={place} role="img" aria-label={t('trip.speed.title')}>
      {isBroken.value ? <p class="figure-missing">{t('app.error.unreachable')}</p> : null}
    </div>
  )
}
