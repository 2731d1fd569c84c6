// How the draft stands, always in sight: kept or not, undo and redo, problems with their places, test cases, changes. And what to do when
// somebody else changed it meanwhile.

import { useEffect } from 'preact/hooks'
import { locale } from '../../language.ts'
import { failureText } from '../../parts/notice.tsx'
import { w } from '../workbench-words.ts'
import { leafDifferences } from './counterpart.ts'
import type { DraftSession, Keeping } from './draft-session.ts'
import { type Json, pointerOf } from './json-tree.ts'

export function SessionBar({ session }: { readonly session: DraftSession }) {
  const keeping = session.keeping.value
  const trial = session.trial.value
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
      if (!(event.ctrlKey || event.metaKey) || isField) return
      const key = event.key.toLowerCase()
      if (key === 'z' && !event.shiftKey) session.undo()
      else if (key === 'y' || (key === 'z' && event.shiftKey)) session.redo()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [session])
  const failing = trial?.testCases.filter(({ isGood }) => !isGood).length ?? 0
  return (
    <>
      <div class="plan-bar">
        <p class={`plan-kept plan-kept-${keeping.kind}`} role="status">
          {keptWords(keeping)}
        </p>
        <p class="plan-bar-buttons">
          <button type="button" class="button" disabled={!session.canUndo.value} onClick={() => session.undo()}>
            {w('plan.undo')}
          </button>
          <button type="button" class="button" disabled={!session.canRedo.value} onClick={() => session.redo()}>
            {w('plan.redo')}
          </button>
        </p>
        {trial === undefined ? null : (
          <p class="plan-bar-counts">
            <a href="#part-changes">{w('plan.bar.changes', { count: trial.changes.length })}</a>
            {trial.problems.length > 0 ? (
              <span class="plan-bad">{w('plan.bar.problems', { count: trial.problems.length })}</span>
            ) : (
              <a href="#part-test-cases" class={failing > 0 ? 'plan-bad' : 'plan-good'}>
                {failing > 0
                  ? w('plan.bar.failing', { count: failing, all: trial.testCases.length })
                  : w('plan.bar.green', { all: trial.testCases.length })}
              </a>
            )}
          </p>
        )}
      </div>
      {trial === undefined || trial.problems.length === 0 ? null : (
        <ul class="plan-problems">
          {trial.problems.map(({ path, text }) => (
            <li key={`${path} ${text}`}>
              <code>{path.slice(1).replaceAll('/', ' › ')}</code> {text}
            </li>
          ))}
        </ul>
      )}
      {keeping.kind === 'stale' ? <Stale session={session} theirs={keeping.theirs} /> : null}
      {keeping.kind === 'failed' ? (
        <p class="form-problem" role="alert">
          {failureText(keeping.failure)}{' '}
          <button type="button" class="button-plain" onClick={() => session.retry()}>
            {w('plan.retry')}
          </button>
        </p>
      ) : null}
    </>
  )
}

function keptWords(keeping: Keeping): string {
  switch (keeping.kind) {
    case 'saved':
      return w('plan.kept.saved')
    case 'unsaved':
    case 'saving':
      return w('plan.kept.saving')
    case 'unfit':
      return w('plan.kept.unfit')
    case 'stale':
      return w('plan.kept.stale')
    case 'failed':
      return w('plan.kept.failed')
  }
}

const shownMax = 30

function Stale({ session, theirs }: { readonly session: DraftSession; readonly theirs: Json }) {
  const all = leafDifferences(session.document.value, theirs)
  const write = (value: Json | undefined): string =>
    value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <section class="plan-stale" role="alert" lang={locale.value}>
      <h3>{w('plan.stale.title')}</h3>
      <p>{w('plan.stale.text', { count: all.length })}</p>
      <div class="table-frame">
        <table>
          <thead>
            <tr>
              <th scope="col">{w('plan.stale.place')}</th>
              <th scope="col">{w('plan.stale.mine')}</th>
              <th scope="col">{w('plan.stale.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {all.slice(0, shownMax).map(({ path, mine, theirs: other }) => (
              <tr key={pointerOf(path)}>
                <th scope="row">{path.join(' › ')}</th>
                <td>{write(mine)}</td>
                <td>{write(other)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="dispute-buttons">
        <button type="button" class="button" onClick={() => session.settle('theirs')}>
          {w('plan.stale.take')}
        </button>
        <button type="button" class="button" onClick={() => session.settle('mine')}>
          {w('plan.stale.keep')}
        </button>
      </p>
    </section>
  )
}
