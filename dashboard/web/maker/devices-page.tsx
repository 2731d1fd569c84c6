// A maker's devices, and adding one: its secret is shown once.

import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { DeviceCreated, DeviceHealth } from '../../api/shapes.ts'
import { type Failure, post } from '../api.ts'
import { t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { DeviceTable } from '../parts/device-table.tsx'
import { Empty, failureText, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { devices, useLoaded } from '../resources.ts'
import { deviceActivity, devicesFound, devicesFoundMax } from './maker-resources.ts'
import { m } from './maker-words.ts'
import { deviceIdLooksRight } from './publish-command.ts'
import { PublishCommand } from './publish-command-text.tsx'

type DeviceKind = DeviceHealth['kind']

interface NewDevice extends DeviceCreated {
  readonly kind: DeviceKind
}

export function DevicesPage() {
  usePageTitle(t('devices.title'))
  const created = useSignal<NewDevice | null>(null)
  return (
    <article>
      <h1>{t('devices.title')}</h1>
      <Show from={devices} lines={6}>
        {(all) =>
          all.length === 0 ? <Empty title={t('devices.none.title')} text={t('devices.none.text')} /> : <DeviceList all={all} />
        }
      </Show>
      <Section title={t('maker.add')}>
        {created.value === null ? (
          <AddDevice
            onCreated={(device) => {
              created.value = device
              void devices.refresh()
            }}
          />
        ) : (
          <Secret
            device={created.value}
            onDone={() => {
              created.value = null
            }}
          />
        )}
      </Section>
    </article>
  )
}

function DeviceList({ all }: { readonly all: readonly DeviceHealth[] }) {
  const text = useSignal('')
  /** What the server was asked to look for; empty for all. */
  const asked = useSignal('')
  const withSimulated = useSignal(false)
  const id = useId()
  const activity = useLoaded(deviceActivity)
  useEffect(() => {
    const later = setTimeout(() => {
      asked.value = text.value.trim()
      if (asked.value !== '') void devicesFound(asked.value).refresh()
    }, searchAfterMs)
    return () => clearTimeout(later)
  }, [text.value])
  const found = asked.value === '' ? undefined : devicesFound(asked.value).state.value
  useEffect(() => {
    const timer = setInterval(() => {
      void devices.refresh()
      void deviceActivity.refresh()
    }, refreshMs)
    return () => clearInterval(timer)
  }, [])
  const rates = new Map(activity.kind === 'ready' ? activity.value.devices.map((entry) => [entry.id, entry]) : [])
  const wanted = text.value.trim().toLowerCase()
  // Until the server has looked through all of them, among those that are here.
  const listed = found?.kind === 'ready' ? found.value.items : all
  const shown = listed.filter(
    (device) =>
      (withSimulated.value || !device.id.startsWith('sim-')) &&
      (device.id.toLowerCase().includes(wanted) || device.label.toLowerCase().includes(wanted)),
  )
  return (
    <>
      <div class="filters">
        <label class="field" for={`${id}-search`}>
          <span class="field-name">{m('list.search')}</span>
          <input
            id={`${id}-search`}
            type="search"
            placeholder={m('list.search.hint')}
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value
            }}
          />
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={withSimulated.value}
            onChange={() => {
              withSimulated.value = !withSimulated.value
            }}
          />
          <span>{m('list.simulated')}</span>
        </label>
      </div>
      {activity.kind === 'ready' && !activity.value.isEdgeThere ? <p class="section-text">{m('edge.away')}</p> : null}
      {found?.kind === 'ready' && found.value.next !== null ? (
        <p class="section-text">{m('list.more', { devices: devicesFoundMax })}</p>
      ) : null}
      {shown.length === 0 ? (
        <p class="section-text">{m('list.none')}</p>
      ) : (
        <DeviceTable
          devices={shown}
          caption={t('devices.title')}
          hasPages
          rate={{ title: m('list.rate'), of: (of) => rates.get(of)?.messagesPerMinute }}
        />
      )}
    </>
  )
}

const refreshMs = 5000
/** After the last key. */
const searchAfterMs = 250

function AddDevice({ onCreated }: { readonly onCreated: (device: NewDevice) => void }) {
  const deviceId = useSignal('')
  const label = useSignal('')
  const kind = useSignal<DeviceKind>('vehicle')
  const problem = useSignal('')
  const isBusy = useSignal(false)
  const id = useId()

  const add = async (): Promise<void> => {
    const wanted = deviceId.value.trim()
    const name = label.value.trim()
    if (!deviceIdLooksRight(wanted)) {
      problem.value = t('maker.add.bad-id')
      return
    }
    isBusy.value = true
    const outcome = await post<DeviceCreated>('/api/v1/devices', {
      id: wanted,
      kind: kind.value,
      ...(name === '' ? {} : { label: name }),
    })
    isBusy.value = false
    if (outcome.kind === 'failure') problem.value = addProblem(outcome.failure)
    else onCreated({ ...outcome.value, kind: kind.value })
  }

  return (
    <form
      class="add-device"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <label class="field" for={`${id}-id`}>
        <span class="field-name">{t('maker.add.id')}</span>
        <input
          id={`${id}-id`}
          type="text"
          autocomplete="off"
          spellcheck={false}
          required
          value={deviceId.value}
          aria-describedby={`${id}-hint ${id}-problem`}
          onInput={(event) => {
            deviceId.value = event.currentTarget.value
          }}
        />
        <span id={`${id}-hint`} class="field-hint">
          {t('maker.add.id.hint')}
        </span>
      </label>
      <fieldset class="choices">
        <legend class="field-name">{t('device.kind')}</legend>
        {(['vehicle', 'home'] as const).map((option) => (
          <label key={option} class="choice">
            <input
              type="radio"
              name={`${id}-kind`}
              checked={kind.value === option}
              onChange={() => {
                kind.value = option
              }}
            />
            <span>{t(`device.kind.${option}`)}</span>
          </label>
        ))}
      </fieldset>
      <label class="field" for={`${id}-label`}>
        <span class="field-name">{t('maker.add.label')}</span>
        <input
          id={`${id}-label`}
          type="text"
          autocomplete="off"
          maxLength={80}
          value={label.value}
          onInput={(event) => {
            label.value = event.currentTarget.value
          }}
        />
      </label>
      <p id={`${id}-problem`} class="form-problem" role="alert">
        {problem.value}
      </p>
      <button type="submit" class="button button-main" disabled={isBusy.value}>
        {t('maker.add.submit')}
      </button>
    </form>
  )
}

function addProblem(failure: Failure): string {
  if (failure.kind === 'conflict') return t('maker.add.exists')
  return failureText(failure)
}

function Secret({ device, onDone }: { readonly device: NewDevice; readonly onDone: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div class="secret">
      <h3 ref={heading} tabIndex={-1}>
        {t('maker.secret.title', { id: device.id })}
      </h3>
      <p>{t('maker.secret.text')}</p>
      <CopyText text={device.secret} label={t('maker.secret.title', { id: device.id })} />
      <PublishCommand id={device.id} secret={device.secret} kind={device.kind} />
      <button type="button" class="button" onClick={onDone}>
        {t('maker.secret.done')}
      </button>
    </div>
  )
}
