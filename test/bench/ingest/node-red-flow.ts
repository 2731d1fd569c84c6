// The peer that is drawn: Node-RED's own `mqtt in`, a function that makes lines of line protocol out of a message, `http request`
// to InfluxDB. Its lines go out in batches, which is kinder than the one request a message that such flows usually make.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const linesPerRequest = 5000
const flushEveryMs = 100

const lines = `
const device = msg.topic.split('/')[2]
const waiting = context.get('lines') || []
for (const { t, ...fields } of msg.payload.readings)
  waiting.push('vehicle,device=' + device + ' ' + Object.entries(fields).map(([name, value]) => name + '=' + value).join(',') + ' ' + t)
const flush = () => {
  const ready = context.get('lines') || []
  if (ready.length === 0) return
  context.set('lines', [])
  node.send({ payload: ready.join('\\n') })
}
context.set('lines', waiting)
if (waiting.length >= ${linesPerRequest}) flush()
else if (!context.get('timer')) context.set('timer', setTimeout(() => { context.set('timer', undefined); flush() }, ${flushEveryMs}))
`

/** @returns the settings file of a Node-RED that runs the flow and nothing else */
export function writeNodeRedFlow(folder: string, mqttPort: number, influxUrl: string, database: string): string {
  const flow = [
    { id: 'tab', type: 'tab', label: 'MQTT to InfluxDB' },
    {
      id: 'broker',
      type: 'mqtt-broker',
      broker: '127.0.0.1',
      port: String(mqttPort),
      clientid: 'node-red',
      autoConnect: true,
      usetls: false,
      protocolVersion: '4',
      keepalive: '60',
      cleansession: true,
    },
    {
      id: 'in',
      type: 'mqtt in',
      z: 'tab',
      topic: 'merit/v1/+/telemetry',
      qos: '1',
      datatype: 'json',
      broker: 'broker',
      wires: [['lines']],
    },
    { id: 'lines', type: 'function', z: 'tab', func: lines, outputs: 1, libs: [], wires: [['write']] },
    {
      id: 'write',
      type: 'http request',
      z: 'tab',
      method: 'POST',
      ret: 'txt',
      url: `${influxUrl}/write?db=${database}&precision=ms`,
      wires: [[]],
    },
  ]
  writeFileSync(join(folder, 'flows.json'), JSON.stringify(flow))
  const settings = {
    flowFile: 'flows.json',
    userDir: folder,
    httpAdminRoot: false,
    httpNodeRoot: false,
    credentialSecret: false,
    uiHost: '127.0.0.1',
    telemetry: { enabled: false },
    logging: { console: { level: 'info' } },
  }
  const file = join(folder, 'settings.cjs')
  writeFileSync(file, `module.exports = ${JSON.stringify(settings)}\n`)
  return file
}
