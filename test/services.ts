// Finds the real servers and programs that tests run against, and says how to get a missing one.

import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const debianPackages = {
  influxd: 'influxdb',
  mosquitto: 'mosquitto',
  mosquitto_pub: 'mosquitto-clients',
  chromium: 'chromium',
  pdftotext: 'poppler-utils',
  pdftoppm: 'poppler-utils',
} as const

export type Service = keyof typeof debianPackages

/**
 * Path of the program, or undefined when it is not installed here.
 * @throws when MERIT_REQUIRE_SERVICES=1: in CI a missing service is a failure, not a skip
 */
export function findService(service: Service): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  const found = folders.map((folder) => join(folder, service)).find(isExecutable)
  if (found === undefined && process.env['MERIT_REQUIRE_SERVICES'] === '1')
    throw new Error(`${service} is missing: ${howToGet(service)}`)
  return found
}

/** One command, for the name of a skipped test. */
export function howToGet(service: Service): string {
  return `apt-get install ${debianPackages[service]}`
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
