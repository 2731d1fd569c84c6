// What was refused of a device: which rule, where in the payload, how to mend it; judged again after something was mended, or put
// aside, which can be undone.

import { useSignal } from '@preact/signals'
import type { QuarantinedRefusal, ReplayAnswer } from '../../api/maker-shapes.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { failureText, Show } from '../parts/notice.tsx'
import { when } from './device-page-time.ts'
import { dismissedRefusals, openRefusals, replayedRefusals } from './maker-resources.ts'
import { m, mOf } from './maker-words.ts'
import { PayloadText } from './payload-text.tsx'

const tabs = ['open', 'dismissed', 'replayed'] as const
type Tab = (typeof tabs)[number]
const lists = { open: openRefusals, dismissed: dismissedRefusals, replayed: replayedRefusals } as const

interface RefusalsProps {
  readonly deviceId: string
  readonly mayKeep: boolean
  readonly onChange: () => void
}

export function Refusals({ deviceId, mayKeep, onChange }: RefusalsProps) {
  const tab = useSignal<Tab>('open')
  const said = useSignal('')
  const aside = useSignal<string | null>(null)

  const act = async (id: string, what: 'replay' | 'dismiss' | 'restore'): Promise<void> => {
    const outcome = await post<ReplayAnswer>(`/api/v1/refusals/${encodeURIComponent(id)}/${what}`, {})
    aside.value = what === 'dismiss' && outcome.kind === 'answer' ? id : null
    if (outcome.kind === 'failure') said.value = failureText(outcome.failure)
    else if (what === 'replay') said.value = outcomeText(outcome.value.outcome)
    else said.value = what === 'dismiss' ? m('refusals.put-aside') : ''
    if (said.value !== '') announce(said.value)
    for (const name of tabs) void lists[name](deviceId).refresh()
    onChange()
  }

  return (
    <>
      <fieldset class="choices" aria-label={m('refusals.title')}>
        {tabs.map((name) => (
          <label key={name} class="choice">
            <input
              type="radio"
              name={`refusals-${deviceId}`}
              checked={tab.value === name}
              onChange={() => {
                tab.value = name
              }}
            />
            <span>{m(`refusals.${name}`)}</span>
          </label>
        ))}
      </fieldset>
      {said.value === '' ? null : (
        <p class="refusal-said">
          {said.value}{' '}
          {aside.value === null ? null : (
            <button type="button" class="button-plain" onClick={() => void act(aside.value ?? '', 'restore')}>
              {m('undo')}
            </button>
          )}
        </p>
      )}
      <Show key={tab.value} from={lists[tab.value](deviceId)}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="section-text">{m('refusals.none')}</p>
          ) : (
            <ul class="refusals">
              {items.map((refusal) => (
                <RefusalCard key={refusal.id} refusal={refusal} mayKeep={mayKeep} act={act} />
              ))}
            </ul>
          )
        }
      </Show>
    </>
  )
}

interface RefusalCardProps {
  readonly refusal: QuarantinedRefusal
  readonly mayKeep: boolean
  readonly act: (id: string, what: 'replay' | 'dismiss' | 'restore') => Promise<void>
}

function RefusalCard({ refusal, mayKeep, act }: RefusalCardProps) {
  const { id, code, path, payload, settled } = refusal
  return (
    <li class="refusal">
      <p class="refusal-head">
        <code>{code}</code> <span>{mOf('cause', code)}</span>
      </p>
      <p class="message-note">
        {when(refusal.receivedAtMs)} · {m('refusals.where')}: {path === '' ? m('refusals.whole') : <code>{path}</code>}
      </p>
      <PayloadText payload={payload} path={path} />
      <p class="refusal-mend">
        <strong>{m('refusals.mend')}.</strong> {mOf('mend', code)}
      </p>
      {mayKeep && settled !== 'replayed' ? (
        <p class="refusal-acts">
          <button type="button" class="button" onClick={() => void act(id, 'replay')}>
            {m('refusals.replay')}
          </button>
          <button type="button" class="button" onClick={() => void act(id, settled === 'open' ? 'dismiss' : 'restore')}>
            {m(settled === 'open' ? 'refusals.dismiss' : 'refusals.restore')}
          </button>
        </p>
      ) : null}
    </li>
  )
}

function outcomeText(outcome: ReplayAnswer['outcome']): string {
  switch (outcome.kind) {
    case 'replayed':
      return m('refusals.done', { accepted: outcome.accepted, rejected: outcome.rejected })
    case 'still-refused':
      return m('refusals.still', { message: mOf('cause', outcome.code) })
    default:
      return m(`refusals.${outcome.kind}`)
  }
}
