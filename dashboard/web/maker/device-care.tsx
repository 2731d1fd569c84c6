// A device's secret: replaced, revoked, either taken back while that is possible; and its kind corrected before anything is stored.

import { useSignal } from '@preact/signals'
import type { Closed, DeviceDetail, SecretReplaced } from '../../api/maker-shapes.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { t } from '../language.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { failureText } from '../parts/notice.tsx'
import { AskAgain } from './ask-again.tsx'
import { when } from './device-page-time.ts'
import { m } from './maker-words.ts'
import { PublishCommand } from './publish-command-text.tsx'

interface DeviceCareProps {
  readonly device: DeviceDetail
  readonly onChange: () => void
}

export function DeviceCare({ device, onChange }: DeviceCareProps) {
  const { id, kind } = device
  const asking = useSignal<'secret' | 'revoke' | null>(null)
  const fresh = useSignal<SecretReplaced | null>(null)
  const said = useSignal('')

  const act = async (path: string, body: unknown = {}): Promise<void> => {
    asking.value = null
    const outcome = await post<SecretReplaced | Closed | DeviceDetail>(`/api/v1/devices/${encodeURIComponent(id)}/${path}`, body)
    if (outcome.kind === 'failure') said.value = failureText(outcome.failure)
    else {
      fresh.value = 'secret' in outcome.value ? outcome.value : null
      said.value = 'isClosedAtOnce' in outcome.value && !outcome.value.isClosedAtOnce ? m('care.not-at-once') : ''
    }
    if (said.value !== '') announce(said.value)
    onChange()
  }
  const other = kind === 'vehicle' ? 'home' : 'vehicle'
  return (
    <div class="care">
      {said.value === '' ? null : <p role="status">{said.value}</p>}
      {device.revokedAtMs === null ? null : (
        <p class="care-notice">
          {m('care.revoked')}{' '}
          {device.revocationUndoUntilMs === null ? null : (
            <>
              {m('care.revoked.until', { time: when(device.revocationUndoUntilMs) })}{' '}
              <button type="button" class="button" onClick={() => void act('revoke/undo')}>
                {m('undo')}
              </button>
            </>
          )}
        </p>
      )}
      {fresh.value === null ? null : (
        <div class="secret">
          <h3>{t('maker.secret.title', { id })}</h3>
          <p>{t('maker.secret.text')}</p>
          <CopyText text={fresh.value.secret} label={t('maker.secret.title', { id })} />
          <PublishCommand id={id} secret={fresh.value.secret} kind={kind} />
        </div>
      )}
      {device.secretUndoUntilMs === null ? null : (
        <p class="care-notice">
          {m('care.replaced', { time: when(device.secretUndoUntilMs) })}{' '}
          <button type="button" class="button" onClick={() => void act('secret/undo')}>
            {m('undo')}
          </button>
        </p>
      )}
      {device.revokedAtMs !== null ? null : asking.value === null ? (
        <p class="refusal-acts">
          <button
            type="button"
            class="button"
            onClick={() => {
              asking.value = 'secret'
            }}
          >
            {m('care.replace')}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => {
              asking.value = 'revoke'
            }}
          >
            {m('care.revoke')}
          </button>
        </p>
      ) : (
        <AskAgain
          text={m(asking.value === 'secret' ? 'care.replace.text' : 'care.revoke.text')}
          onConfirm={() => void act(asking.value ?? 'secret')}
          onCancel={() => {
            asking.value = null
          }}
        />
      )}
      {device.readings === 0 && !device.isInsured && device.revokedAtMs === null ? (
        <div class="care-kind">
          <h3>{m('care.kind')}</h3>
          <p>{m('care.kind.text', { kind: t(`device.kind.${other}`) })}</p>
          <button type="button" class="button" onClick={() => void act('kind', { kind: other })}>
            {m('care.kind.do', { kind: t(`device.kind.${other}`) })}
          </button>
        </div>
      ) : null}
    </div>
  )
}
