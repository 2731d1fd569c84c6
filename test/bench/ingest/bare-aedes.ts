// The peer that does nothing with what it is sent: Aedes as it comes, with an empty hook. `node bare-aedes.ts PORT`.

import { createServer } from 'node:net'
import { Aedes } from 'aedes'

const aedes = await Aedes.createBroker({ concurrency: 500 })
aedes.authorizePublish = (_client, _packet, callback) => callback(null)
createServer({ noDelay: true }, aedes.handle).listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'))
