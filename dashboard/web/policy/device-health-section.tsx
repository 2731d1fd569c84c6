// Whether the devices of a policy are well: a line for each.

import type { DeviceHealth, Policy } from '../../api/shapes.ts'
import { formatDateTime, formatPercent } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { DeviceState } from '../parts/device-state.tsx'
import { Facts } from '../parts/facts.tsx'
import { Empty, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { policyDevices } from '../resources.ts'
import { deviceAdvice } from './device-advice.ts'
import '../style/devices.css'

export function DeviceHealthSection({ policy, isOwn }: { readonly policy: Policy; readonly isOwn: boolean }) {
  return (
    <Section title={isOwn ? t('devices.yours') : t('devices.title')}>
      <Show from={policyDevices(policy.id)} lines={2}>
        {(devices) =>
          devices.length === 0 ? (
            <Empty title={t('devices.none.title')} text={t('devices.none.text.policy')} />
          ) : (
            <ul class="device-list">
              {devices.map((device) => (
                <li key={device.id}>
                  <DeviceCard device={device} timeZone={policy.timeZone} />
                </li>
              ))}
            </ul>
          )
        }
      </Show>
    </Section>
  )
}

function DeviceCard({ device, timeZone }: { readonly device: DeviceHealth; readonly timeZone: string }) {
  const { lastReadingAtMs, batteryPercent, firmware } = device
  const advice = deviceAdvice(device, Date.now(), timeZone, locale.value)
  return (
    <article class="device">
      <h3 class="device-name">
        {device.label === '' ? device.id : device.label}
        <DeviceState state={device.state} />
      </h3>
      {advice.length === 0 ? (
        <p class="device-well">{t('device.well')}</p>
      ) : (
        <ul class="device-advice">
          {advice.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <Facts
        facts={[
          {
            term: t('device.last'),
            value: lastReadingAtMs === null ? t('device.last.never') : formatDateTime(lastReadingAtMs, locale.value, timeZone),
          },
          ...(batteryPercent === null
            ? []
            : [{ term: t('device.battery'), value: formatPercent(batteryPercent / 100, locale.value) }]),
          ...(firmware === null ? [] : [{ term: t('device.firmware'), value: firmware }]),
          {
            term: t('device.refused'),
            value: device.quarantined === 0 ? t('app.none') : t('device.refused.count', { count: device.quarantined }),
          },
        ]}
      />
    </article>
  )
}
