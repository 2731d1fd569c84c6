// Numbers, money, distances and times as a person reads them in each language. Money comes in minor units and is shown
// with the decimals of its own currency; times are shown by the clock of a given time zone.

import type { Locale } from './locale.ts'
import { metresPerMile, shownUnits } from './shown-units.ts'

const minus = '\u2212'
/** Between a figure and its unit, so that a line never breaks there. */
const narrowSpace = '\u202f'
const noBreakSpace = '\u00a0'
const metresPerKm = 1000

const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

/** Formatters are costly to make and a table asks for the same one in every row. */
function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(locale, options)
  numberFormats.set(key, format)
  return format
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  dateFormats.set(key, format)
  return format
}

/** A real minus sign is as wide as a plus and a screen reader says it. */
function write(format: Intl.NumberFormat, value: number): string {
  return format.format(value === 0 ? 0 : value).replaceAll('-', minus)
}

/** How many minor units one unit of the currency has: 100 for EUR, 1 for JPY. */
export function minorPerUnit(currency: string): number {
  const { maximumFractionDigits = 2 } = numberFormat('en', { style: 'currency', currency }).resolvedOptions()
  return 10 ** maximumFractionDigits
}

export interface MoneyStyle {
  /** `always` writes a plus before a rise; nothing is written before zero. */
  readonly sign?: 'auto' | 'always' | 'never'
  /** Leaves the decimals out; for axes and rough figures. */
  readonly whole?: boolean
}

/** @param minor may carry a fraction: an amount that is not rounded yet */
export function formatMoney(minor: number, currency: string, locale: Locale, style: MoneyStyle = {}): string {
  const signDisplay = style.sign === 'always' ? 'exceptZero' : (style.sign ?? 'auto')
  const format = numberFormat(locale, {
    style: 'currency',
    currency,
    signDisplay,
    ...(style.whole === true ? { maximumFractionDigits: 0, minimumFractionDigits: 0 } : {}),
  })
  return write(format, minor / minorPerUnit(currency))
}

/** The same amount in three pieces, so that a large figure can set its symbol and decimals smaller. */
export function moneyPieces(
  minor: number,
  currency: string,
  locale: Locale,
): readonly { readonly kind: 'symbol' | 'whole' | 'decimals'; readonly text: string }[] {
  const parts = numberFormat(locale, { style: 'currency', currency }).formatToParts(minor / minorPerUnit(currency))
  const pieces: { kind: 'symbol' | 'whole' | 'decimals'; text: string }[] = []
  for (const part of parts) {
    const kind =
      part.type === 'currency' || part.type === 'literal'
        ? 'symbol'
        : part.type === 'decimal' || part.type === 'fraction'
          ? 'decimals'
          : 'whole'
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += part.value
    else pieces.push({ kind, text: part.value })
  }
  return pieces
}

export function formatNumber(value: number, locale: Locale, decimalsMax = 0): string {
  return write(numberFormat(locale, { maximumFractionDigits: decimalsMax }), value)
}

/** Figures of one column: the same decimals in every row. */
export function formatFixed(value: number, locale: Locale, decimals: number): string {
  return write(numberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }), value)
}

/** @param share 0.12 is 12 % */
export function formatPercent(share: number, locale: Locale, decimalsMax = 0): string {
  return write(numberFormat(locale, { style: 'percent', maximumFractionDigits: decimalsMax }), share)
}

/** A factor as a change: 1.12 is 12 %, 0.965 is 3.5 %. The caller says whether it is more or less. */
export function formatChange(factor: number, locale: Locale): string {
  const change = Math.abs(factor - 1)
  return formatPercent(change, locale, change < 0.1 ? 1 : 0)
}

/** @param factor 1.0345 is × 1.0345 */
export function formatFactor(factor: number, locale: Locale): string {
  return `×${narrowSpace}${formatFixed(factor, locale, 4)}`
}

/** Metres below a kilometre, else kilometres with one decimal below a hundred; or miles, in hundredths below one. */
export function formatDistance(distanceM: number, locale: Locale): string {
  if (shownUnits().distance === 'mi') {
    const miles = distanceM / metresPerMile
    return unit(miles, 'mi', locale, miles < 0.995 ? 2 : miles < 99.95 ? 1 : 0)
  }
  if (distanceM < 999.5) return unit(Math.round(distanceM / 10) * 10, 'm', locale)
  const km = distanceM / 1000
  return unit(km, 'km', locale, km < 99.95 ? 1 : 0)
}

export function formatKm(km: number, locale: Locale): string {
  const isMiles = shownUnits().distance === 'mi'
  const value = isMiles ? (km * metresPerKm) / metresPerMile : km
  return unit(value, isMiles ? 'mi' : 'km', locale, value > 0 && value < 10 ? 1 : 0)
}

export function formatSpeed(speedKph: number, locale: Locale): string {
  return unit(shownSpeed(speedKph), speedUnit(), locale)
}

/** For charts, whose axes are numbers. */
export function shownSpeed(speedKph: number): number {
  return shownUnits().distance === 'mi' ? (speedKph * metresPerKm) / metresPerMile : speedKph
}

export function speedUnit(): 'km/h' | 'mph' {
  return shownUnits().distance === 'mi' ? 'mph' : 'km/h'
}

export function formatDegrees(celsius: number, locale: Locale): string {
  return shownUnits().degrees === 'f' ? unit(celsius * 1.8 + 32, '°F', locale, 1) : unit(celsius, '°C', locale, 1)
}

function unit(value: number, symbol: string, locale: Locale, decimalsMax = 0): string {
  return `${formatNumber(value, locale, decimalsMax)}${noBreakSpace}${symbol}`
}

/** Hours and minutes, or minutes below an hour, or seconds below two minutes; what one sample saw took less than a second. */
export function formatDuration(durationS: number, locale: Locale): string {
  const words = locale === 'zh-CN' ? { h: '小时', min: '分钟', s: '秒' } : { h: 'h', min: 'min', s: 's' }
  const part = (value: number, word: string): string => `${formatNumber(value, locale)}${noBreakSpace}${word}`
  if (durationS < 1) return `<${noBreakSpace}${part(1, words.s)}`
  if (durationS < 120) return part(Math.round(durationS), words.s)
  const minutes = Math.round(durationS / 60)
  if (minutes < 60) return part(minutes, words.min)
  const rest = minutes % 60
  return rest === 0
    ? part(Math.floor(minutes / 60), words.h)
    : `${part(Math.floor(minutes / 60), words.h)} ${part(rest, words.min)}`
}

/** `Thu, 2 Jan 2025` */
export function formatDate(atMs: number, locale: Locale, timeZone: string): string {
  return dateFormat(dateTag(locale), { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(atMs)
}

/** `08:14` by the clock of the time zone */
export function formatTime(atMs: number, locale: Locale, timeZone: string): string {
  return dateFormat(dateTag(locale), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(atMs)
}

/** `08:14:05`, where minutes are too coarse to tell two things apart. */
export function formatTimeToSecond(atMs: number, locale: Locale, timeZone: string): string {
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
  return dateFormat(dateTag(locale), { ...clock, timeZone }).format(atMs)
}

/** `2 Jan 2025, 08:14` */
export function formatDateTime(atMs: number, locale: Locale, timeZone: string): string {
  const day = dateFormat(dateTag(locale), { day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(atMs)
  return locale === 'zh-CN' ? `${day} ${formatTime(atMs, locale, timeZone)}` : `${day}, ${formatTime(atMs, locale, timeZone)}`
}

/** `January 2025` */
export function formatMonth(atMs: number, locale: Locale, timeZone: string): string {
  return dateFormat(dateTag(locale), { month: 'long', year: 'numeric', timeZone }).format(atMs)
}

/** @param month a calendar month, `2025-01`, which belongs to no time zone */
export function formatCalendarMonth(month: string, locale: Locale): string {
  const atMs = Date.parse(`${month}-01T00:00:00Z`)
  return Number.isNaN(atMs) ? month : formatMonth(atMs, locale, 'UTC')
}

/** @param day a calendar day, `2025-01-02`, which belongs to no time zone */
export function formatDay(day: string, locale: Locale): string {
  const atMs = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(atMs)) return day
  return dateFormat(dateTag(locale), { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(atMs)
}

/** English here is Europe's: day before month, a 24-hour clock. */
function dateTag(locale: Locale): string {
  return locale === 'en' ? 'en-GB' : locale
}
