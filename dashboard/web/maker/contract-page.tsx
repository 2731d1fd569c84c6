// The contract to read: where to connect, topics, signals with units and ranges, refusals with causes and mends, limits, examples.

import type { ComponentChildren } from 'preact'
import { packetBytesMax } from '../../../broker/packet-limit.ts'
import { refusalCodes } from '../../../devices/contract/receipt.ts'
import { type DeviceKind, deviceKinds, type Signal, signalsByKind } from '../../../devices/contract/signals.ts'
import { futureToleranceMsMax, readingsPerBatchMax } from '../../../devices/contract/telemetry.ts'
import { deviceTopic, downChannels, upChannels } from '../../../devices/contract/topics.ts'
import { formatNumber } from '../../messages/format.ts'
import { signalWords } from '../../messages/signals.zh-CN.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { Table } from '../parts/table.tsx'
import { exampleBatch, exampleState } from './contract-examples.ts'
import { edgeWhere } from './maker-resources.ts'
import { m, mOf } from './maker-words.ts'
import { hostForDevices } from './publish-command.ts'

const deviceIdCharactersMax = 64
const minuteMs = 60_000

export function ContractPage() {
  usePageTitle(m('contract.title'))
  return (
    <article>
      <h1>{m('contract.title')}</h1>
      <p class="lead">{m('contract.lead')}</p>
      <Section title={m('contract.connect')}>
        <Show from={edgeWhere} lines={1}>
          {({ address }) => (
            <p class="section-text">
              {address === null
                ? m('edge.away')
                : m('contract.address', {
                    host: hostForDevices(address.host, location.hostname),
                    port: String(address.mqttPort),
                    ws: String(address.mqttWsPort),
                  })}
            </p>
          )}
        </Show>
      </Section>
      <Section title={m('contract.topics')}>
        <Table
          caption={m('table', { what: m('contract.topics') })}
          isStacked
          rows={[
            ...upChannels.map((channel) => ({ channel, direction: m('contract.up') })),
            ...downChannels.map((channel) => ({ channel, direction: m('contract.down') })),
          ]}
          rowKey={({ channel }) => channel}
          columns={[
            { key: 'topic', title: m('contract.topic'), cell: ({ channel }) => <code>{deviceTopic('{device}', channel)}</code> },
            { key: 'direction', title: m('contract.direction'), cell: ({ direction }) => direction },
            { key: 'meaning', title: m('contract.meaning'), cell: ({ channel }) => mOf('topic', channel) },
          ]}
        />
      </Section>
      <Section title={m('contract.examples')}>
        {deviceKinds.map((kind) => (
          <Example
            key={kind}
            title={m('contract.example', { kind: t(`device.kind.${kind}`) })}
            text={exampleBatch(kind, Date.now())}
          />
        ))}
        <Example title={m('contract.example.state')} text={exampleState} />
      </Section>
      {deviceKinds.map((kind) => (
        <Section key={kind} title={m('contract.signals', { kind: t(`device.kind.${kind}`) })}>
          <Signals kind={kind} />
        </Section>
      ))}
      <Section title={m('contract.refusals')}>
        <Table
          caption={m('table', { what: m('contract.refusals') })}
          isStacked
          rows={refusalCodes.map((code) => ({ code }))}
          rowKey={({ code }) => code}
          columns={[
            { key: 'code', title: m('contract.code'), cell: ({ code }) => <code>{code}</code> },
            { key: 'cause', title: m('contract.cause'), cell: ({ code }) => mOf('cause', code) },
            { key: 'mend', title: m('refusals.mend'), cell: ({ code }) => mOf('mend', code) },
          ]}
        />
      </Section>
      <Section title={m('contract.limits')}>
        <dl class="limits">
          {(
            [
              ['limit.batch', readingsPerBatchMax],
              ['limit.packet', packetBytesMax],
              ['limit.future', futureToleranceMsMax / minuteMs],
              ['limit.levels', deviceIdCharactersMax],
            ] as const
          ).map(([key, value]) => (
            <div key={key}>
              <dt>{m(key)}</dt>
              <dd>{formatNumber(value, locale.value)}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </article>
  )
}

function Example({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div class="example">
      <h3>{title}</h3>
      <CopyText text={text} label={title} />
    </div>
  )
}

const chineseWords: ReadonlyMap<string, string> = new Map(Object.entries(signalWords))

function Signals({ kind }: { readonly kind: DeviceKind }) {
  const rows: readonly Signal[] = signalsByKind[kind]
  return (
    <Table
      caption={m('table', { what: m('contract.signals', { kind: t(`device.kind.${kind}`) }) })}
      isStacked
      rows={rows}
      rowKey={({ name }) => name}
      columns={[
        { key: 'name', title: m('values.signal'), cell: ({ name }) => <code>{name}</code> },
        { key: 'unit', title: m('values.unit'), cell: ({ unit }) => unit ?? '–' },
        {
          key: 'range',
          title: m('contract.range'),
          isNumber: true,
          cell: ({ type, min, max }) =>
            type === 'boolean'
              ? m('contract.true-false')
              : `${formatNumber(min ?? 0, locale.value)} … ${formatNumber(max ?? 0, locale.value)}`,
        },
        { key: 'describes', title: m('contract.describes'), cell: words },
      ]}
    />
  )
}

function words({ name, describes }: Signal): ComponentChildren {
  const own = locale.value === 'zh-CN' ? chineseWords.get(name) : describes
  return own ?? <span lang="en">{describes}</span>
}
