// `bench behaviour`: reads the arguments, prints the accuracy report as a table or as JSON.

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type EventFilter, eventFilters } from '../../../pricing/behaviour/detection-thresholds.ts'
import { type AccuracyReport, type DetectionFigures, reportAccuracy } from './accuracy-report.ts'
import { BadSet, eventClasses } from './recording-set.ts'

const defaultFolder = new URL('../../data/drives', import.meta.url).pathname
/** Beside the folder, because everything in it is a recording. */
const defaultEvents = new URL('../../data/drive-events.csv', import.meta.url).pathname

export async function runBehaviour(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
      without: { type: 'string', multiple: true, default: [] },
    },
  })
  const folder = values.data ?? defaultFolder
  const events = values.data === undefined ? defaultEvents : join(values.data, 'events.csv')
  const report = await reportAccuracy(folder, events, values.without.map(parseFilter))
  console.log(values.json ? JSON.stringify(report) : tableOf(report))
}

function parseFilter(name: string): EventFilter {
  const filter = eventFilters.find((candidate) => candidate === name)
  if (filter === undefined) throw new BadSet(`--without ${name}: no such filter; the filters are ${eventFilters.join(', ')}.`)
  return filter
}

export function tableOf(report: AccuracyReport): string {
  const lines = [`${report.recordings} recordings`, '']
  const labelled = eventClasses.filter((name) => name !== 'calm' && report.events[name].labelled > 0)
  if (labelled.length > 0) {
    lines.push('labelled by people   found   recall   95 % interval')
    for (const name of labelled) {
      const { labelled: all, found, recall, interval } = report.events[name]
      lines.push(
        `${name.padEnd(20)} ${`${found}/${all}`.padStart(5)}   ${percent(recall ?? 0)}   ${percent(interval[0])} to ${percent(interval[1])}`,
      )
    }
    lines.push(`alarms on calm windows: ${report.calmAlarms} on ${report.calmWindows}`)
    lines.push(`unexplained: ${report.unexplained} in ${report.labelledHours} h, ${report.unexplainedPerHour} an hour`)
    for (const [file, { figures }] of Object.entries(report.drives)) lines.push(`  ${file}: ${shortFigures(figures)}`)
    lines.push('')
  }
  const { agreement, styles } = report
  if (agreement.labelled > 0)
    lines.push(
      `events by threshold: ${agreement.found} of ${agreement.labelled} found; they explain ${agreement.explained} of ${agreement.detections} detections`,
    )
  if (styles.pairs + styles.acrossDrivers.pairs > 0) {
    lines.push(`aggressive scored worse than calm: ${styles.ordered} of ${styles.pairs} pairs within driver and road`)
    lines.push(
      `                                   ${styles.acrossDrivers.ordered} of ${styles.acrossDrivers.pairs} across drivers`,
    )
  }
  if (styles.drowsy.pairs > 0)
    lines.push(`drowsy scored worse than calm: ${styles.drowsy.ordered} of ${styles.drowsy.pairs} pairs within driver and road`)
  if (report.distanceErrorPct !== null)
    lines.push(
      `distance: ${report.distanceErrorPct} % off the recorded one (median of ${Object.values(report.distances).filter(({ isCovered }) => isCovered).length} recorded whole)`,
    )
  if (report.integratedErrorPct !== null) lines.push(`distance: ${report.integratedErrorPct} % off speed times time (median)`)
  for (const { phone, car, correlation, events, clockOffsetS } of report.phoneAgainstCar) {
    const told = Object.entries(correlation).flatMap(([axis, value]) => (value === null ? [] : [`${axis} ${value.toFixed(2)}`]))
    lines.push(`${phone} against ${car}, clocks ${clockOffsetS} s apart: correlation ${told.join(', ') || 'not known'}`)
    lines.push(`  events: ${events.both} in both, ${events.phone} in the phone's, ${events.car} in the car's`)
  }
  for (const [file, why] of Object.entries(report.refused)) lines.push(`left out ${file}: ${why}`)
  const { braking, acceleration, cornering } = report.countedPer1000Km
  lines.push(`counted per 1,000 km: ${braking} brakes, ${acceleration} accelerations, ${cornering} corners`)
  const counts = Object.values(report.trips).map((trips) => trips.length)
  const recordingsWith = (test: (trips: number) => boolean): number => counts.filter(test).length
  lines.push(
    `trips: none in ${recordingsWith((trips) => trips === 0)} recordings, one in ${recordingsWith((trips) => trips === 1)}, more in ${recordingsWith((trips) => trips > 1)}`,
  )
  const scores = Object.values(report.scores).map(({ score }) => score)
  if (scores.length > 0) lines.push(`scores: ${Math.min(...scores)} to ${Math.max(...scores)}`)
  const tried = Object.entries(report.without)
  if (tried.length > 0) {
    lines.push('', `all filters      ${shortFigures(report)}`)
    for (const [filter, figures] of tried)
      if (figures !== undefined) lines.push(`without ${filter.padEnd(9)}${shortFigures(figures)}`)
  }
  return lines.join('\n')
}

function shortFigures({
  events,
  calmAlarms,
  unexplainedPerHour,
  agreement,
  labelledHours,
  countedPer1000Km,
}: DetectionFigures): string {
  const recalls = [
    ['brake', events.brake],
    ['accel', events.acceleration],
    ['left', events['left-turn']],
    ['right', events['right-turn']],
    ['lane-left', events['lane-change-left']],
    ['lane-right', events['lane-change-right']],
  ] as const
  const parts = recalls
    .filter(([, recall]) => recall.labelled > 0)
    .map(([name, { found, labelled }]) => `${name} ${found}/${labelled}`)
  if (labelledHours > 0) parts.push(`calm alarms ${calmAlarms}`, `unexplained/h ${unexplainedPerHour}`)
  if (agreement.labelled > 0) parts.push(`by threshold ${agreement.found}/${agreement.labelled} of ${agreement.detections}`)
  const { braking, acceleration, cornering } = countedPer1000Km
  if (braking + acceleration + cornering > 0) parts.push(`counted/1000 km ${braking} ${acceleration} ${cornering}`)
  return parts.join(', ')
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`.padStart(7)
}
