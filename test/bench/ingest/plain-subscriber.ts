// The peer that a user would write in an afternoon: an mqtt.js subscriber that parses each message and hands its readings to `influx`
// in batches. `node plain-subscriber.ts MQTT_URL HTTP_PORT DATABASE`.

import { InfluxDB, type IPoint } from 'influx'
import { connectAsync } from 'mqtt'

const pointsPerWrite = 5000
const flushEveryMs = 100
const [mqttUrl = '', httpPort = '', database = ''] = process.argv.slice(2)
const influx = new InfluxDB({ host: '127.0.0.1', port: Number(httpPort), database })
const client = await connectAsync(mqttUrl, { clientId: 'subscriber' })
let points: IPoint[] = []

client.on('message', (topic, bytes) => {
  const device = topic.split('/')[2] ?? ''
  const { readings }: { readings: { t: number; [signal: string]: number | boolean }[] } = JSON.parse(bytes.toString())
  for (const { t, ...fields } of readings) points.push({ measurement: 'vehicle', tags: { device }, fields, timestamp: t })
  if (points.length >= pointsPerWrite) write()
})
setInterval(write, flushEveryMs)
await client.subscribeAsync('merit/v1/+/telemetry', { qos: 1 })
console.log('ready')

function write(): void {
  if (points.length === 0) return
  const batch = points
  points = []
  influx.writePoints(batch, { precision: 'ms' }).catch((error: unknown) => console.error(error))
}
