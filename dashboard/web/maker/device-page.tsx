// One device: how it is, what it says live beside what it was told, its values, its connections, what was refused, its secret.

import { useEffect } from 'preact/hooks'
import type { Connection, DeviceDetail } from '../../api/maker-shapes.ts'
import { formatNumber, formatPercent } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { DeviceState } from '../parts/device-state.tsx'
import { Facts } from '../parts/facts.tsx'
import { Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { Table } from '../parts/table.tsx'
import { unitOf } from './decode-payload.ts'
import { DeviceCare } from './device-care.tsx'
import { when } from './device-page-time.ts'
import { LiveMessages } from './live-messages.tsx'
import { deviceConnections, deviceDetail, openRefusals } from './maker-resources.ts'
import { m, mOf } from './maker-words.ts'
import { Refusals } from './refusals.tsx'

const refreshMs = 5000

interface DevicePageProps {
  readonly deviceId: string
  /** Whether this person may change anything. */
  readonly mayKeep: boolean
}

export function DevicePage({ deviceId, mayKeep }: DevicePageProps) {
  usePageTitle(deviceId)
  const detail = deviceDetail(deviceId)
  const refresh = () => {
    void detail.refresh()
    void deviceConnections(deviceId).refresh()
    void openRefusals(deviceId).refresh()
  }
  useEffect(() => {
    const timer = setInterval(refresh, refreshMs)
    return () => clearInterval(timer)
  }, [deviceId])
  return (
    <article>
      <p class="crumb">
        <a href="/">← {t('devices.title')}</a>
      </p>
      <h1>{deviceId}</h1>
      <Show from={detail} lines={4}>
        {(device) => (
          <>
            <Head device={device} />
            <Section title={m('live.title')} note={m('live.note', { n: 25 })}>
              <LiveMessages deviceId={deviceId} onMessage={refresh} />
            </Section>
            <Section title={m('values.title')}>
              <LatestValues device={device} />
            </Section>
            <Section title={m('refusals.title')} note={m('refusals.note')}>
              <Refusals deviceId={deviceId} mayKeep={mayKeep} onChange={refresh} />
            </Section>
            <Section title={m('connections.title')} note={m('connections.note')}>
              <Show from={deviceConnections(deviceId)}>{({ connections }) => <Connections connections={connections} />}</Show>
            </Section>
            {mayKeep ? (
              <Section title={m('care.title')}>
                <DeviceCare device={device} onChange={refresh} />
              </Section>
            ) : null}
          </>
        )}
      </Show>
    </article>
  )
}

function Head({ device }: { readonly device: DeviceDetail }) {
  const { activity } = device
  const facts = [
    { term: t('device.state'), value: <DeviceState state={device.state} /> },
    { term: t('device.kind'), value: t(`device.kind.${device.kind}`) },
    { term: m('device.heard'), value: activity === null ? m('device.silent') : when(activity.lastMessageAtMs) },
    ...(activity === null
      ? []
      : [
          {
            term: m('device.rate'),
            value: m('device.rate.value', { messages: activity.messagesPerMinute, readings: activity.readingsPerMinute }),
          },
        ]),
    ...(device.firmware === null ? [] : [{ term: t('device.firmware'), value: device.firmware }]),
    ...(device.batteryPercent === null
      ? []
      : [{ term: t('device.battery'), value: formatPercent(device.batteryPercent / 100, locale.value) }]),
    ...(device.session === null ? [] : [{ term: m('device.session'), value: String(device.session) }]),
    ...(device.readings === null ? [] : [{ term: m('device.stored'), value: formatNumber(device.readings, locale.value) }]),
    { term: m('device.registered'), value: when(device.createdAtMs) },
  ]
  return (
    <div class="device-head">
      {device.label === device.id && device.simulatedBy === null ? null : (
        <p class="lead">
          {device.label === device.id ? '' : device.label}{' '}
          {device.simulatedBy === null ? null : <span class="tag">{m('device.simulated')}</span>}
        </p>
      )}
      <Facts facts={facts} />
    </div>
  )
}

function LatestValues({ device }: { readonly device: DeviceDetail }) {
  if (device.latest === null) return <p class="section-text">{m('values.none')}</p>
  const rows = Object.entries(device.latest.values).map(([signal, value]) => ({ signal, value }))
  return (
    <>
      <p class="section-text">{m('values.taken', { when: when(device.latest.takenAtMs) })}</p>
      <Table
        caption={m('table', { what: m('values.title') })}
        rows={rows}
        rowKey={({ signal }) => signal}
        columns={[
          { key: 'signal', title: m('values.signal'), cell: ({ signal }) => signal },
          {
            key: 'value',
            title: m('values.value'),
            isNumber: true,
            cell: ({ value }) => (typeof value === 'boolean' ? m(value ? 'yes' : 'no') : formatNumber(value, locale.value, 4)),
          },
          { key: 'unit', title: m('values.unit'), cell: ({ signal }) => unitOf(signal) },
        ]}
      />
    </>
  )
}

function Connections({ connections }: { readonly connections: readonly Connection[] }) {
  if (connections.length === 0) return <p class="section-text">{m('connections.none')}</p>
  return (
    <Table
      caption={m('table', { what: m('connections.title') })}
      rows={connections}
      rowKey={({ id }) => id}
      isStacked
      columns={[
        { key: 'from', title: m('connections.from'), cell: ({ startedAtMs }) => when(startedAtMs) },
        {
          key: 'for',
          title: m('connections.for'),
          isNumber: true,
          cell: ({ startedAtMs, endedAtMs, outcome }) =>
            outcome === 'refused' ? '–' : lasted((endedAtMs ?? Date.now()) - startedAtMs),
        },
        {
          key: 'how',
          title: m('connections.how'),
          cell: ({ outcome, reason }) => (
            <span class={outcome === 'refused' ? 'higher' : undefined}>
              {outcome === 'open' ? m('connections.open') : mOf('reason', reason ?? '')}
            </span>
          ),
        },
        { key: 'session', title: m('connections.session'), isNumber: true, cell: ({ session }) => session ?? '–' },
        { key: 'will', title: m('connections.will'), cell: ({ hasWill }) => m(hasWill ? 'yes' : 'no') },
        { key: 'address', title: m('connections.address'), cell: ({ address, transport }) => `${address} · ${transport}` },
      ]}
    />
  )
}

function lasted(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
