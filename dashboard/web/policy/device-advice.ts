// What somebody can do about a device that is not well, the most pressing first: pure, in words of the page's language.

import type { DeviceHealth } from '../../api/shapes.ts'
import { formatDateTime, formatPercent } from '../../messages/format.ts'
import type { Locale } from '../../messages/locale.ts'
import { say } from '../../messages/say.ts'

/** A car may well stand still for a while; a home reports all the time. */
export const silentMsMax = { vehicle: 14 * 86_400_000, home: 6 * 3_600_000 } as const
/** Days to a week are left below this. */
export const batteryPercentMin = 20

export function deviceAdvice(device: DeviceHealth, nowMs: number, timeZone: string, locale: Locale): readonly string[] {
  const { kind, state, lastReadingAtMs, batteryPercent, quarantined } = device
  if (state === 'never' && lastReadingAtMs === null) return [say(locale, 'device.advice.never')]
  const advice: string[] = []
  if (lastReadingAtMs !== null && nowMs - lastReadingAtMs > silentMsMax[kind])
    advice.push(say(locale, 'device.advice.silent', { time: formatDateTime(lastReadingAtMs, locale, timeZone) }))
  if (batteryPercent !== null && batteryPercent < batteryPercentMin)
    advice.push(say(locale, 'device.advice.battery', { share: formatPercent(batteryPercent / 100, locale) }))
  if (quarantined > 0) advice.push(say(locale, 'device.advice.refused'))
  return advice
}
