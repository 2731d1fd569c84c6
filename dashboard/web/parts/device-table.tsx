// Devices with their health as a table.

import type { DeviceHealth } from '../../api/shapes.ts'
import { formatDateTime, formatNumber, formatPercent } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { pathOf } from '../routes.ts'
import { DeviceState } from './device-state.tsx'
import { type Column, Table } from './table.tsx'

const viewerTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

interface DeviceTableProps {
  readonly devices: readonly DeviceHealth[]
  readonly caption: string
  /** Whether a device's name leads to what was refused from it. */
  readonly hasPages: boolean
  /** Messages a minute by device; undefined where that is not known. */
  readonly rate?: { readonly title: string; readonly of: (deviceId: string) => number | undefined }
}

export function DeviceTable({ devices, caption, hasPages, rate }: DeviceTableProps) {
  return <Table caption={caption} columns={columns(hasPages, rate)} rows={devices} rowKey={({ id }) => id} isStacked />
}

function columns(hasPages: boolean, rate: DeviceTableProps['rate']): readonly Column<DeviceHealth>[] {
  const language = locale.value
  return [
    {
      key: 'id',
      title: t('device.id'),
      cell: ({ id, label }) => (
        <>
          {hasPages ? <a href={pathOf({ kind: 'device', deviceId: id })}>{id}</a> : id}
          {label === '' || label === id ? null : <span class="cell-note">{label}</span>}
        </>
      ),
      sortBy: ({ id }) => id,
    },
    {
      key: 'kind',
      title: t('device.kind'),
      cell: ({ kind }) => t(`device.kind.${kind}`),
      sortBy: ({ kind }) => kind,
    },
    {
      key: 'state',
      title: t('device.state'),
      cell: ({ state }) => <DeviceState state={state} />,
      sortBy: ({ state }) => state,
    },
    {
      key: 'last',
      title: t('device.last'),
      cell: ({ lastReadingAtMs }) =>
        lastReadingAtMs === null ? t('device.last.never') : formatDateTime(lastReadingAtMs, language, viewerTimeZone),
      sortBy: ({ lastReadingAtMs }) => lastReadingAtMs ?? 0,
    },
    ...(rate === undefined
      ? []
      : [
          {
            key: 'rate',
            title: rate.title,
            isNumber: true,
            cell: ({ id }: DeviceHealth) => formatNumber(rate.of(id) ?? 0, language),
            sortBy: ({ id }: DeviceHealth) => rate.of(id) ?? 0,
          },
        ]),
    {
      key: 'firmware',
      title: t('device.firmware'),
      cell: ({ firmware }) => firmware ?? '–',
      sortBy: ({ firmware }) => firmware ?? '',
    },
    {
      key: 'battery',
      title: t('device.battery'),
      isNumber: true,
      cell: ({ batteryPercent }) => (batteryPercent === null ? '–' : formatPercent(batteryPercent / 100, language)),
      sortBy: ({ batteryPercent }) => batteryPercent ?? -1,
    },
    {
      key: 'refused',
      title: t('device.refused'),
      isNumber: true,
      cell: ({ quarantined }) => (
        <span class={quarantined > 0 ? 'higher' : undefined}>{formatNumber(quarantined, language)}</span>
      ),
      sortBy: ({ quarantined }) => quarantined,
    },
  ]
}
