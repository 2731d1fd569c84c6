// Instants on the pages of devices, by the clock of whoever looks.

import { formatDateTime } from '../../messages/format.ts'
import { locale } from '../language.ts'
import { viewerTimeZone } from '../viewer-time-zone.ts'

export function when(atMs: number): string {
  return formatDateTime(atMs, locale.value, viewerTimeZone)
}
