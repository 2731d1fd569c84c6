// The people of an insurer: who has an account and how it is protected, closing and opening it, and inviting others.

import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Person } from '../../api/people-routes.ts'
import { formatDate } from '../../messages/format.ts'
import { a } from '../account/account-words.ts'
import { Field } from '../account/field.tsx'
import { SureButton } from '../account/sure-button.tsx'
import { announce } from '../announce.ts'
import { type Failure, get, post } from '../api.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Failed, failureText, Skeleton } from '../parts/notice.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { presence } from '../session.ts'
import '../style/account.css'
import { viewerTimeZone } from '../viewer-time-zone.ts'
import { InvitationsSection } from './invitations-section.tsx'

interface PeoplePageAnswer {
  readonly items: readonly Person[]
  readonly next: string | null
}

interface Listed {
  readonly people: readonly Person[]
  readonly next: string | null
}

/** Typing goes on for a moment before the list follows. */
const searchAfterMs = 250

export function PeoplePage() {
  usePageTitle(a('people.heading'))
  return (
    <>
      <h1>{a('people.heading')}</h1>
      <p class="lead people-lead">{a('people.lead')}</p>
      <People />
      <InvitationsSection />
    </>
  )
}

function People() {
  const search = useSignal('')
  const listed = useSignal<Listed | undefined>(undefined)
  const failure = useSignal<Failure | undefined>(undefined)
  const problem = useSignal('')

  const load = async (cursor?: string): Promise<void> => {
    const asked = search.value
    const query = new URLSearchParams({ search: asked, ...(cursor === undefined ? {} : { cursor }) })
    const outcome = await get<PeoplePageAnswer>(`people?${query}`)
    // The answer to what was typed before comes too late.
    if (asked !== search.value) return
    failure.value = outcome.kind === 'failure' ? outcome.failure : undefined
    if (outcome.kind === 'failure') return
    const before = cursor === undefined ? [] : (listed.value?.people ?? [])
    listed.value = { people: [...before, ...outcome.value.items], next: outcome.value.next }
  }
  useEffect(() => {
    const later = setTimeout(() => void load(), listed.peek() === undefined ? 0 : searchAfterMs)
    return () => clearTimeout(later)
  }, [search.value])

  const change = async (person: Person): Promise<void> => {
    const step = person.isClosed ? 'open' : 'close'
    const outcome = await post<unknown>(`/api/v1/people/${encodeURIComponent(person.id)}/${step}`, {})
    if (outcome.kind === 'failure') {
      const isLast = outcome.failure.kind === 'conflict' && outcome.failure.problem === 'last-insurer'
      problem.value = isLast ? a('people.last-insurer') : failureText(outcome.failure)
      return
    }
    problem.value = ''
    announce(a(person.isClosed ? 'people.reopen.done' : 'people.close.done', { name: person.name }))
    replace(listed, { ...person, isClosed: !person.isClosed })
  }

  if (listed.value === undefined)
    return failure.value === undefined ? <Skeleton lines={6} /> : <Failed failure={failure.value} retry={() => void load()} />
  const { people, next } = listed.value
  return (
    <div class="people">
      <search class="filters">
        <Field name={a('people.search')} type="search" value={search.value} onInput={(text) => (search.value = text)} />
      </search>
      {people.length === 0 ? (
        <p class="account-state">{a('people.none')}</p>
      ) : (
        <Table
          caption={a('people.table')}
          columns={columns((person) => void change(person))}
          rows={people}
          rowKey={({ id }) => id}
          isStacked
        />
      )}
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
      {next === null ? null : (
        <button type="button" class="button" onClick={() => void load(next)}>
          {a('people.more')}
        </button>
      )}
    </div>
  )
}

function replace(listed: Signal<Listed | undefined>, changed: Person): void {
  const now = listed.value
  if (now === undefined) return
  listed.value = { ...now, people: now.people.map((person) => (person.id === changed.id ? changed : person)) }
}

function columns(onChange: (person: Person) => void): readonly Column<Person>[] {
  const own = presence.value.kind === 'somebody' ? presence.value.user.id : ''
  return [
    {
      key: 'name',
      title: a('people.name'),
      cell: ({ id, name, email }) => (
        <>
          {name}
          {id === own ? <span class="account-mark">{a('people.you')}</span> : null}
          <span class="cell-note">{email}</span>
        </>
      ),
    },
    { key: 'role', title: a('people.role'), cell: ({ role }) => t(`role.${role}`) },
    {
      key: 'seen',
      title: a('people.seen'),
      cell: ({ seenAtMs }) => (seenAtMs === null ? a('people.never') : formatDate(seenAtMs, locale.value, viewerTimeZone)),
    },
    {
      key: 'factor',
      title: a('people.factor'),
      cell: ({ hasSecondFactor, role }) => (
        <span class={!hasSecondFactor && role === 'insurer' ? 'higher' : undefined}>
          {a(hasSecondFactor ? 'people.factor.yes' : 'people.factor.no')}
        </span>
      ),
    },
    {
      key: 'state',
      title: a('people.state'),
      cell: (person) => (
        <span class="people-state">
          <span class={person.isClosed ? 'higher' : undefined}>{a(person.isClosed ? 'people.closed' : 'people.open')}</span>
          {person.id === own ? null : person.isClosed ? (
            <button type="button" class="button" onClick={() => onChange(person)}>
              {a('people.reopen')}
            </button>
          ) : (
            <SureButton
              text={a('people.close')}
              sure={a('people.close.sure')}
              label={`${a('people.close')}: ${person.name}`}
              onSure={() => onChange(person)}
            />
          )}
        </span>
      ),
    },
  ]
}
