// Weeks of driving and of a home up to yesterday, for tests that look at a person's month.

import type { Reading } from '../../devices/contract/reading.ts'

const dayMs = 86_400_000

/** Twelve minutes there and back on working days, with a hard brake now and then, on roads that repeat. */
export function weeksOfDriving(device: string, weeks: number, endMs: number): readonly Reading[] {
  return Array.from({ length: weeks * 7 }, (_, index) => weeks * 7 - index)
    .filter((ago) => ago % 7 > 1)
    .flatMap((ago) => [7, 17].flatMap((hour) => commute(device, startOf(endMs, ago, hour), (ago * 7 + hour) % 5)))
}

function startOf(endMs: number, daysAgo: number, hour: number): number {
  return Math.floor(endMs / dayMs) * dayMs - daysAgo * dayMs + hour * 3_600_000
}

function commute(device: string, startMs: number, brakes: number): readonly Reading[] {
  return Array.from({ length: 720 }, (_, second) => {
    const sinceBrake = second % 140
    const isBraking = brakes > Math.floor(second / 140) && sinceBrake >= 70 && sinceBrake < 73
    const angle = (second / 720) * Math.PI * 1.3
    const isEnd = second === 0 || second === 719
    return {
      kind: 'vehicle',
      device,
      takenAtMs: startMs + second * 1000,
      values: {
        Speed: isEnd ? 0 : isBraking ? 50 - 15 * (sinceBrake - 69) : 50,
        Latitude: 52.37 + 0.03 * Math.sin(angle) + brakes * 0.0009,
        Longitude: 4.89 + 0.05 * (1 - Math.cos(angle)),
        AccelerationLongitudinal: isBraking ? -4.2 : 0,
        AccelerationLateral: 0,
        Ignition: second < 719,
      },
    }
  })
}

/** Readings of a home every ten minutes, with one leak that was stopped and two damp days. */
export function weeksAtHome(device: string, weeks: number, endMs: number): readonly Reading[] {
  const steps = weeks * 7 * 144
  const startMs = Math.floor(endMs / 600_000) * 600_000 - steps * 600_000
  return Array.from({ length: steps }, (_, step) => {
    const day = Math.floor(step / 144)
    const isLeak = day === 9 && step % 144 >= 60 && step % 144 < 66
    return {
      kind: 'home',
      device,
      takenAtMs: startMs + step * 600_000,
      values: {
        WaterLeak: isLeak,
        Temperature: 18 + 2 * Math.sin(step / 20),
        Humidity: day === 14 || day === 15 ? 78 : 45 + 3 * Math.sin(step / 15),
        Smoke: false,
        BatteryLevel: 14,
      },
    }
  })
}
