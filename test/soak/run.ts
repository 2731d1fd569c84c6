// `npm run soak -- [--minutes 10] [--devices 100] [--kills 3] [--json]`: prints the report, and ends with 1 when anything that was
// acknowledged is missing, or is there twice.

import { parseArgs } from 'node:util'
import { soak } from './soak.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    devices: { type: 'string', default: '100' },
    kills: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
})

function number(name: 'minutes' | 'devices' | 'kills', from: number, to: number): number {
  const value = Number(values[name])
  if (value >= from && value <= to) return value
  console.error(`--${name} is ${values[name]}; expected a number from ${from} to ${to}.`)
  process.exit(1)
}

const report = await soak({
  minutes: number('minutes', 0.05, 24 * 60),
  devices: Math.floor(number('devices', 1, 2000)),
  kills: Math.floor(number('kills', 0, 1000)),
  say: (line) => void process.stderr.write(`${line}\n`),
})
if (values.json) console.log(JSON.stringify(report))
else {
  const whole = (value: number) => value.toLocaleString('en')
  for (const [name, value] of [
    ['sent', whole(report.sent)],
    ['acknowledged', whole(report.acknowledged)],
    ['stored', whole(report.stored)],
    ['stored twice', whole(report.duplicates)],
    ['lost', whole(report.lost)],
    ['readings a second', whole(report.readingsPerS)],
    ['killed', `${report.kills} times, back after ${report.backAfterMs.join(', ')} ms`],
    ['memory of edge', `${report.memoryMb.early} MB in the first third, ${report.memoryMb.late} MB in the last`],
    ['store', report.store === 'influxdb' ? 'InfluxDB' : 'SQLite (no influxd on this machine)'],
  ] as const)
    console.log(`${name.padEnd(18)} ${value}`)
}
process.exitCode = report.lost > 0 || report.duplicates > 0 ? 1 : 0
