// The plan editor: every table of a draft edited in place, kept as it changes, with the difference to the edition in force marked in every
// cell, an example's premium and the test cases followed live. An edition that is no draft is shown the same way, to read.

import { useEffect } from 'preact/hooks'
import type { EditionDetail } from '../../../api/edition-shapes.ts'
import { useLoaded } from '../../resources.ts'
import { ChangesTable } from '../edition-differences.tsx'
import { edition, editions } from '../edition-resources.ts'
import { w } from '../workbench-words.ts'
import { BehaviourPart, BehaviourTerms, behaviourTitle, Exposure } from './behaviour-tables.tsx'
import { BaseRates, BonusMalus, FactorPart, factorTitle } from './class-tables.tsx'
import { type DraftSession, draftSession } from './draft-session.ts'
import { ExamplePanel } from './example-panel.tsx'
import { at, type Json, jsonOf, listAt, textAt } from './json-tree.ts'
import type { PlanView } from './plan-grid.tsx'
import { PlanPart } from './plan-part.tsx'
import { AmountTerms, GuardRails, Inputs, PlanHead } from './plan-terms.tsx'
import { SessionBar } from './session-bar.tsx'
import { TestCases } from './test-cases.tsx'
import '../../style/plan-editor.css'

/** Waits with `document` until the list of editions says which one is in force. */
export function PlanEditor({ detail }: { readonly detail: EditionDetail }) {
  const known = useLoaded(editions)
  const all = known.kind === 'ready' ? known.value : []
  const active = all.find(({ planId, status }) => planId === detail.planId && status === 'active')
  return active === undefined || active.id === detail.id ? (
    <Editor detail={detail} base={undefined} />
  ) : (
    <WithBase detail={detail} activeId={active.id} />
  )
}

function WithBase({ detail, activeId }: { readonly detail: EditionDetail; readonly activeId: string }) {
  const found = useLoaded(edition(activeId))
  return <Editor detail={detail} base={found.kind === 'ready' ? jsonOf(found.value.document) : undefined} />
}

function Editor({ detail, base }: { readonly detail: EditionDetail; readonly base: Json | undefined }) {
  const session = draftSession(detail)
  const isEditable = detail.actions.includes('edit')
  useEffect(() => session.adopt(detail), [session, detail])
  const view: PlanView = {
    document: session.document.value,
    base,
    problems: session.trial.value?.problems ?? [],
    isEditable,
    edit: session.edit,
  }
  return (
    <div class="plan-editor">
      {isEditable ? <SessionBar session={session} /> : null}
      <div class="plan-columns">
        <div class="plan-main">
          <Outline document={view.document} />
          {isEditable ? <p class="plan-keys">{w('plan.keys')}</p> : null}
          <Parts view={view} session={session} />
        </div>
        <ExamplePanel view={view} session={session} />
      </div>
    </div>
  )
}

function Outline({ document }: { readonly document: Json }) {
  const places: readonly (readonly [id: string, title: string])[] = [
    ['base-rates', w('plan.base-rates')],
    ...listAt(document, ['factors']).map(
      (factor) => [`factor-${textAt(factor, ['id'])}`, factorTitle(document, factor)] as const,
    ),
    ...(at(document, ['bonusMalus']) === undefined ? [] : [['bonus-malus', w('plan.bonus-malus')] as const]),
    ...(at(document, ['exposure']) === undefined ? [] : [['exposure', w('plan.exposure')] as const]),
    ['behaviour-terms', w('plan.behaviour.terms')],
    ...listAt(document, ['behaviours']).map((one) => [`behaviour-${textAt(one, ['id'])}`, behaviourTitle(one)] as const),
    ['amounts', w('plan.amounts')],
    ['guard-rails', w('plan.rails')],
    ['inputs', w('plan.inputs')],
    ['test-cases', w('plan.cases')],
    ['changes', w('plan.changes')],
  ]
  return (
    <nav class="plan-outline" aria-label={w('plan.outline')}>
      {places.map(([id, title]) => (
        <a key={id} href={`#part-${id}`}>
          {title}
        </a>
      ))}
    </nav>
  )
}

function Parts({ view, session }: { readonly view: PlanView; readonly session: DraftSession }) {
  const { document } = view
  const changes = session.trial.value?.changes ?? []
  return (
    <>
      {view.isEditable ? <PlanHead view={view} /> : null}
      <BaseRates view={view} />
      {listAt(document, ['factors']).map((factor, index) => (
        <FactorPart key={textAt(factor, ['id'])} view={view} index={index} />
      ))}
      <BonusMalus view={view} />
      <Exposure view={view} />
      <BehaviourTerms view={view} />
      {listAt(document, ['behaviours']).map((behaviour, index) => (
        <BehaviourPart key={textAt(behaviour, ['id'])} view={view} index={index} />
      ))}
      <AmountTerms view={view} />
      <GuardRails view={view} />
      <Inputs view={view} />
      <TestCases view={view} session={session} />
      <PlanPart view={view} id="changes" title={w('plan.changes')}>
        {changes.length === 0 ? <p>{w('plan.changes.none')}</p> : <ChangesTable changes={changes} />}
      </PlanPart>
    </>
  )
}
