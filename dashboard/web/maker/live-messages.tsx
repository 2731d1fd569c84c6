// The last messages of a device as they arrive: a list on the left, and of the one that is chosen the payload beside its receipt and
// its readings with units.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { messagesPerDeviceMax } from '../../../broker/desk-limits.ts'
import type { RecentMessage } from '../../../broker/desk-shapes.ts'
import { formatNumber, formatTimeToSecond } from '../../messages/format.ts'
import { locale } from '../language.ts'
import { Table } from '../parts/table.tsx'
import { viewerTimeZone } from '../viewer-time-zone.ts'
import { decodeReadings } from './decode-payload.ts'
import { m } from './maker-words.ts'
import { PayloadText } from './payload-text.tsx'

interface LiveMessagesProps {
  readonly deviceId: string
  readonly onMessage: () => void
}

export function LiveMessages({ deviceId, onMessage }: LiveMessagesProps) {
  const messages = useSignal<readonly RecentMessage[]>([])
  const isEdgeThere = useSignal(true)
  const chosen = useSignal<number | null>(null)
  const held = useSignal<readonly RecentMessage[] | null>(null)

  useEffect(() => {
    const source = new EventSource(`/api/v1/devices/${encodeURIComponent(deviceId)}/live`)
    source.addEventListener('messages', (event: MessageEvent<string>) => {
      const news: { readonly messages: readonly RecentMessage[] } = JSON.parse(event.data)
      const known = new Set(messages.peek().map(({ number }) => number))
      const fresh = news.messages.filter(({ number }) => !known.has(number))
      messages.value = [...messages.peek(), ...fresh].slice(-messagesPerDeviceMax)
      if (fresh.length > 0) onMessage()
    })
    source.addEventListener('edge', (event: MessageEvent<string>) => {
      const state: { readonly isEdgeThere: boolean } = JSON.parse(event.data)
      isEdgeThere.value = state.isEdgeThere
    })
    return () => source.close()
  }, [deviceId])

  const shown = (held.value ?? messages.value).toReversed()
  const message = shown.find(({ number }) => number === chosen.value) ?? shown[0]
  return (
    <div class="live-messages">
      {isEdgeThere.value ? null : (
        <p class="notice-text" role="status">
          {m('edge.away')}
        </p>
      )}
      {message === undefined ? (
        isEdgeThere.value ? (
          <p class="section-text">{m('live.none')}</p>
        ) : null
      ) : (
        <>
          <button
            type="button"
            class="button"
            aria-pressed={held.value !== null}
            onClick={() => {
              held.value = held.value === null ? messages.value : null
            }}
          >
            {m(held.value === null ? 'live.pause' : 'live.follow')}
          </button>
          <div class="live-columns">
            <ul class="message-list">
              {shown.map((entry) => (
                <li key={entry.number}>
                  <button
                    type="button"
                    class="message-line"
                    aria-pressed={entry === message}
                    onClick={() => {
                      chosen.value = entry.number
                    }}
                  >
                    <span class="message-when">{formatTimeToSecond(entry.receivedAtMs, locale.value, viewerTimeZone)}</span>
                    <span>{entry.channel}</span>
                    <span class={(entry.receipt?.rejectedCount ?? 0) > 0 ? 'higher' : 'message-sum'}>{summaryOf(entry)}</span>
                  </button>
                </li>
              ))}
            </ul>
            <MessageDetail message={message} />
          </div>
        </>
      )}
    </div>
  )
}

function summaryOf({ receipt }: RecentMessage): string {
  if (receipt === null) return m('live.understood')
  return [
    ...(receipt.accepted > 0 ? [m('live.accepted', { n: receipt.accepted })] : []),
    ...(receipt.duplicate > 0 ? [m('live.duplicate', { n: receipt.duplicate })] : []),
    ...(receipt.rejectedCount > 0 ? [m('live.rejected', { n: receipt.rejectedCount })] : []),
  ].join(' · ')
}

function MessageDetail({ message }: { readonly message: RecentMessage }) {
  const { receipt, payload, isCut, bytes, topic } = message
  const readings = decodeReadings(payload)
  const path = receipt?.rejected[0]?.path ?? ''
  const size = isCut ? m('live.cut', { kept: payload.length, bytes }) : m('live.bytes', { n: formatNumber(bytes, locale.value) })
  return (
    <div class="message-detail">
      <div class="message-pair">
        <div>
          <h3>{m('live.payload')}</h3>
          <p class="message-note">
            <code>{topic}</code> · {size}
          </p>
          <PayloadText payload={payload} path={path} />
        </div>
        <div>
          <h3>{m('live.receipt')}</h3>
          <p class="message-note">{receipt === null ? '–' : `${summaryOf(message)} · ${clockOf(receipt)}`}</p>
          {receipt === null ? null : <PayloadText payload={JSON.stringify(receipt)} path="" />}
        </div>
      </div>
      {readings.length === 0 ? null : (
        <details class="message-readings" open>
          <summary>{m('live.readings')}</summary>
          <Table
            caption={m('table', { what: m('live.readings') })}
            rows={readings.map((reading, index) => ({ ...reading, index }))}
            rowKey={({ index }) => String(index)}
            columns={[
              { key: 'signal', title: m('values.signal'), cell: ({ signal }) => signal },
              { key: 'value', title: m('values.value'), isNumber: true, cell: ({ value }) => value },
              { key: 'unit', title: m('values.unit'), cell: ({ unit }) => unit },
              {
                key: 'time',
                title: m('time'),
                cell: ({ takenAtMs }) => (takenAtMs === null ? '–' : formatTimeToSecond(takenAtMs, locale.value, viewerTimeZone)),
              },
            ]}
          />
        </details>
      )}
    </div>
  )
}

function clockOf({ clock }: NonNullable<RecentMessage['receipt']>): string {
  const s = Math.abs(Math.round((clock.skewMs ?? 0) / 1000))
  return m(`live.clock.${clock.verdict}`, { s })
}
