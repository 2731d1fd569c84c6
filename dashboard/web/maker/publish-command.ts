// The command a maker can paste to see a new device's first reading arrive.

import type { DeviceHealth } from '../../api/shapes.ts'

/** The server judges again; this only answers sooner. */
export function deviceIdLooksRight(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id)
}

export interface Publisher {
  readonly id: string
  readonly secret: string
  readonly kind: DeviceHealth['kind']
}

/** Where edge listens on every address, a device uses the name that this page was reached by. */
export function hostForDevices(host: string, pageHost: string): string {
  return host === '0.0.0.0' || host === '::' ? pageHost : host
}

/** @param atMs when the reading is said to be taken */
export function publishCommand(
  { id, secret, kind }: Publisher,
  { host, port }: { readonly host: string; readonly port: number },
  atMs: number,
): string {
  const signals = kind === 'vehicle' ? { Speed: 48.2 } : { Temperature: 20.5 }
  const batch = { schema: `${kind}/1`, seq: 1, sent: atMs, readings: [{ t: atMs, ...signals }] }
  return [
    `mosquitto_pub -h ${host} -p ${port} -q 1 -i ${id} -u ${id}`,
    `-P '${secret}'`,
    `-t merit/v1/${id}/telemetry`,
    `-m '${JSON.stringify(batch)}'`,
  ].join(' \\\n  ')
}
