// Which ports to listen on: one that was set is taken as it is; a default that is busy moves to the next free one.

import { createServer } from 'node:net'
import { type Configuration, ConfigurationError, variables } from './configuration.ts'

/** A machine with this many busy ports in a row has another problem. */
const attemptsMax = 100

const portNames = ['httpPort', 'mqttPort', 'mqttWsPort', 'edgeHttpPort'] as const
export type PortName = (typeof portNames)[number]

export interface MovedPort {
  readonly name: PortName
  readonly from: number
  readonly to: number
}

export interface ChosenPorts {
  readonly ports: Readonly<Record<PortName, number>>
  readonly moved: readonly MovedPort[]
}

/** @throws ConfigurationError for a port that was set by hand and is busy */
export async function choosePorts(configuration: Configuration): Promise<ChosenPorts> {
  const ports: Partial<Record<PortName, number>> = {}
  const moved: MovedPort[] = []
  // Ports set by hand come first, so that a default that has to move does not move onto one of them.
  const inOrder = [...portNames].sort((a, b) => Number(configuration.portsSet.has(b)) - Number(configuration.portsSet.has(a)))
  for (const name of inOrder) {
    const wanted = configuration[name]
    const taken = new Set(Object.values(ports))
    if (configuration.portsSet.has(name)) {
      if (taken.has(wanted) || !(await isFree(configuration.host, wanted))) throw busy(name, wanted)
      ports[name] = wanted
      continue
    }
    const free = await nextFree(configuration.host, wanted, taken)
    if (free === undefined) throw busy(name, wanted)
    if (free !== wanted) moved.push({ name, from: wanted, to: free })
    ports[name] = free
  }
  const { httpPort = 0, mqttPort = 0, mqttWsPort = 0, edgeHttpPort = 0 } = ports
  return { ports: { httpPort, mqttPort, mqttWsPort, edgeHttpPort }, moved }
}

function busy(name: PortName, port: number): ConfigurationError {
  const { name: variable } = variables[name]
  return new ConfigurationError(
    `Port ${port} is taken (or needs more rights); set ${variable} to a free one, or stop what listens there.`,
  )
}

/** The port, or the next one that is free; undefined when a hundred in a row are taken. */
export function nextFreePort(host: string, wanted: number): Promise<number | undefined> {
  return nextFree(host, wanted, new Set())
}

async function nextFree(host: string, wanted: number, taken: ReadonlySet<number>): Promise<number | undefined> {
  for (let port = wanted; port < wanted + attemptsMax && port <= 65_535; port += 1) {
    if (!taken.has(port) && (await isFree(host, port))) return port
  }
  return undefined
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') return resolve(false)
      if (error.code === 'EACCES') return resolve(false)
      reject(
        new ConfigurationError(`MERIT_HOST is "${host}", which this machine cannot listen on (${error.code ?? error.message}).`),
      )
    })
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
