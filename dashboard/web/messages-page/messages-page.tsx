// Messages: everything the policyholder was told, the newest first. What is new is marked, and marking can be undone.

import { useSignal } from '@preact/signals'
import type { InboxEntry } from '../../api/inbox-routes.ts'
import { formatDateTime } from '../../messages/format.ts'
import { type InboxKey, sayInbox } from '../../messages/inbox.ts'
import type { MessageValues } from '../../messages/say.ts'
import { announce } from '../announce.ts'
import { call } from '../client.ts'
import { locale } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Empty, Show } from '../parts/notice.tsx'
import { asked } from '../resources.ts'
import { unread } from '../unread.ts'
import { messageLink, messageReason, messageText } from './message-words.ts'
import '../style/messages-page.css'

const inbox = asked(() => call('getMessages'))
const kinds = ['premium', 'goal', 'dispute', 'trip', 'device', 'privacy'] as const
type Filter = 'all' | 'new' | InboxEntry['kind']
/** What the server takes at once. */
const marksMax = 1000

interface Marked {
  readonly ids: readonly string[]
  readonly isRead: boolean
}

function say(key: InboxKey, values: MessageValues = {}): string {
  return sayInbox(locale.value, key, values)
}

export function MessagesPage() {
  usePageTitle(say('messages.title'))
  return (
    <div class="messages">
      <h1>{say('messages.title')}</h1>
      <p class="lead">{say('messages.lead')}</p>
      <Show from={inbox} lines={8}>
        {({ messages }) =>
          messages.length === 0 ? (
            <Empty title={say('messages.none.title')} text={say('messages.none.text')} />
          ) : (
            <Inbox messages={messages} />
          )
        }
      </Show>
    </div>
  )
}

function Inbox({ messages }: { readonly messages: readonly InboxEntry[] }) {
  const filter = useSignal<Filter>('all')
  const last = useSignal<Marked | undefined>(undefined)
  const isFailed = useSignal(false)
  const mark = async (ids: readonly string[], isRead: boolean, isUndo = false): Promise<void> => {
    const outcome = await call('postMessagesMarks', { body: { ids: ids.slice(0, marksMax), isRead } })
    isFailed.value = outcome.kind === 'failure'
    if (outcome.kind === 'failure') return
    unread.value = outcome.value.unread
    last.value = isUndo ? undefined : { ids, isRead }
    if (isUndo) announce(doneText({ ids, isRead }))
    await inbox.refresh()
  }
  const fresh = messages.filter(({ isRead }) => !isRead)
  const shown = messages.filter(
    ({ kind, isRead }) => filter.value === 'all' || (filter.value === 'new' ? !isRead : filter.value === kind),
  )
  const offered: readonly Filter[] = ['all', 'new', ...kinds.filter((kind) => messages.some((message) => message.kind === kind))]
  return (
    <>
      <div class="filters">
        <label class="field" for="messages-filter">
          <span class="field-name">{say('messages.filter')}</span>
          <select
            id="messages-filter"
            value={filter.value}
            onChange={(event) => {
              filter.value = offered.find((one) => one === event.currentTarget.value) ?? 'all'
            }}
          >
            {offered.map((one) => (
              <option key={one} value={one}>
                {say(one === 'all' || one === 'new' ? `messages.filter.${one}` : `messages.kind.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="button"
          disabled={fresh.length === 0}
          onClick={() =>
            void mark(
              fresh.map(({ id }) => id),
              true,
            )
          }
        >
          {say('messages.read-all')}
        </button>
      </div>
      <div class="messages-done" role="status">
        {isFailed.value ? <p class="form-problem">{say('messages.failed')}</p> : null}
        {last.value === undefined || isFailed.value ? null : (
          <p>
            {doneText(last.value)}{' '}
            <button
              type="button"
              class="button-plain"
              onClick={() => {
                const { ids, isRead } = last.value ?? { ids: [], isRead: true }
                void mark(ids, !isRead, true)
              }}
            >
              {say('messages.undo')}
            </button>
          </p>
        )}
      </div>
      {shown.length === 0 ? <p class="field-hint">{say('messages.none.filtered')}</p> : null}
      <ol class="messages-list">
        {shown.map((message) => (
          <OneMessage key={message.id} message={message} onMark={(ids, isRead) => void mark(ids, isRead)} />
        ))}
      </ol>
    </>
  )
}

interface OneMessageProps {
  readonly message: InboxEntry
  readonly onMark: (ids: readonly string[], isRead: boolean) => void
}

function OneMessage({ message, onMark }: OneMessageProps) {
  const { id, kind, isRead, atMs, timeZone } = message
  const text = messageText(message, locale.value)
  const reason = messageReason(message, locale.value)
  const link = messageLink(message, locale.value)
  const marking = say(isRead ? 'messages.mark-new' : 'messages.mark-read')
  return (
    <li class={isRead ? 'message' : 'message message-new'}>
      <p class="message-head">
        {say(`messages.kind.${kind}`)} · {formatDateTime(atMs, locale.value, timeZone)}
        {isRead ? null : <span class="message-mark">{say('messages.new')}</span>}
      </p>
      <p class="message-text">{text}</p>
      {reason === undefined ? null : <p class="message-reason">{reason}</p>}
      <p class="message-tools">
        <a href={link.href}>{link.text}</a>
        <button
          type="button"
          class="button-plain"
          aria-label={say('messages.mark.label', { mark: marking, message: text })}
          onClick={() => onMark([id], !isRead)}
        >
          {marking}
        </button>
      </p>
    </li>
  )
}

function doneText({ ids, isRead }: Marked): string {
  return say(isRead ? 'messages.marked-read' : 'messages.marked-new', { count: ids.length })
}
