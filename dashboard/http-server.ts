// The HTTP server under the dashboard: limits on slow and idle clients, a clear word when the port is taken, and a stop
// that lets running answers finish.

import { createServer, type RequestListener, type Server } from 'node:http'

/** Node's defaults let hundreds of slow sockets stay for minutes. */
const serverLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2000,
  keepAliveTimeout: 10_000,
  maxHeaderSize: 16 * 1024,
} as const
const connectionsMax = 2000
/** Long enough for a statement, short enough for Ctrl-C. */
const closingMsMax = 3000

/** The address cannot be listened on; the message says which setting to change. */
export class ListenError extends Error {
  readonly code = 'cannot-listen'
}

export interface ListeningServer {
  readonly port: number
  close(): Promise<void>
}

/** @throws ListenError */
export async function listen(listener: RequestListener, host: string, port: number): Promise<ListeningServer> {
  const server = createServer(serverLimits, listener)
  server.maxConnections = connectionsMax
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, host, port)))
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : port, close: () => close(server) }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), closingMsMax)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
  })
}

function listenError(cause: Error, host: string, port: number): ListenError {
  const code = 'code' in cause ? String(cause.code) : cause.message
  if (code === 'EADDRINUSE')
    return new ListenError(`Port ${port} is taken: set MERIT_HTTP_PORT to a free one, or stop what listens there.`, { cause })
  if (code === 'EACCES')
    return new ListenError(`Port ${port} needs more rights: set MERIT_HTTP_PORT to one from 1024 upwards.`, { cause })
  return new ListenError(`MERIT_HOST is "${host}", which this machine cannot listen on (${code}).`, { cause })
}
