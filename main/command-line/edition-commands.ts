// Commands about the life of editions: `merit edition list|show|draft|replace|check|submit|approve|schedule|withdraw|discard|
// rate-test-cases|shadow`. Four eyes hold here as they do on the pages: `--as` says who acts.

import { randomBytes } from 'node:crypto'
import { editionWordsIn } from '../../dashboard/messages/edition-refusal.ts'
import { formatMoney, formatPercent } from '../../dashboard/messages/format.ts'
import { checkDraft, faultsOf } from '../../pricing/lifecycle/draft-document.ts'
import { changeDraft, type DraftOutcome, documentOf, draftFrom, draftOf } from '../../pricing/lifecycle/edit-drafts.ts'
import { authorsOf, eventsOf, listEditions } from '../../pricing/lifecycle/edition-book.ts'
import { discardDraft, type Move, moveEdition } from '../../pricing/lifecycle/move-editions.ts'
import { setShadow } from '../../pricing/lifecycle/shadow.ts'
import { type ShadowReport, shadowReport } from '../../pricing/lifecycle/shadow-report.ts'
import { withCasesRated } from '../../pricing/rating/failed-cases.ts'
import type { EditionRow } from '../../store/book/edition-rows.ts'
import type { TerminalMessages } from '../messages/en.ts'
import { columns } from '../status-table.ts'
import {
  type Answer,
  type Command,
  type CommandContext,
  CommandError,
  parseOptions,
  parseTime,
  required,
  withBook,
} from './command.ts'
import { actorOf, editionMessages, editionNamed, jsonFile, refusal } from './edition-subject.ts'

const moves = ['submit', 'approve', 'schedule', 'withdraw'] as const

export const editionCommands: readonly Command[] = [
  { name: 'edition list', run: listAll },
  { name: 'edition show', run: showOne },
  { name: 'edition check', run: checkOne },
  { name: 'edition draft', run: makeDraft },
  { name: 'edition replace', run: replaceDocument },
  { name: 'edition rate-test-cases', run: rateTestCases },
  { name: 'edition discard', run: discard },
  ...moves.map((kind): Command => ({ name: `edition ${kind}`, run: (context, args) => moveOne(kind, context, args) })),
  { name: 'edition shadow', run: shadow },
]

/** Enough to tell two apart, and to name one with. */
const hashCharacters = 12
const dayOf = (timeMs: number | null, none: string) =>
  timeMs === null ? none : new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ')

function summary(row: EditionRow) {
  const { id, hash, plan_id: planId, product, status, known_at_ms: knownAtMs, based_on: basedOn } = row
  const { active_from_ms: activeFromMs, active_until_ms: activeUntilMs } = row
  return {
    id,
    hash,
    planId,
    product,
    title: documentOf(row)?.title ?? '',
    status,
    knownAtMs,
    activeFromMs,
    activeUntilMs,
    basedOn,
  }
}

async function listAll({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const plan = parseOptions(args, ['plan']).option('plan')
  const json = (await withBook(configuration, (book) => listEditions(book, plan))).map(summary)
  const { states } = editionWordsIn(say.language)
  const lines = json.map((one) => [
    one.id,
    one.planId,
    states[one.status],
    dayOf(one.activeFromMs, '–'),
    dayOf(one.activeUntilMs, '–'),
    one.title,
    one.hash.slice(0, hashCharacters),
  ])
  return { json, text: columns([editionMessages(say).heading, ...lines]) }
}

async function showOne({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const reference = required(say, parseOptions(args, []).words[0], 'EDITION', 'merit edition show EDITION')
  const words = editionMessages(say)
  return withBook(configuration, async (book) => {
    const { row, document } = await editionNamed(book, say, reference)
    const events = await eventsOf(book, row.id)
    const nameOf = (id: string | null) => events.findLast(({ done_by: by }) => by === id)?.done_by_name ?? words.merit
    const rails = document.guardRails
    const rules = [
      ...(rails.discountOnly ? [words.rails.discountOnly] : []),
      ...(rails.noMidTermRerate ? [words.rails.noMidTermRerate] : []),
      ...(rails.notForNonRenewal ? [words.rails.notForNonRenewal] : []),
      ...(rails.maxChangePerTerm === undefined
        ? []
        : [words.rails.maxChangePerTerm(formatPercent(rails.maxChangePerTerm, say.language))]),
    ]
    const facts = [
      [words.facts.knownAt, dayOf(row.known_at_ms, '')],
      [words.facts.window, `${dayOf(row.active_from_ms, '–')} – ${dayOf(row.active_until_ms, words.noEnd)}`],
      [words.facts.authors, authorsOf(events).map(nameOf).join(', ') || words.merit],
      ...(['submit', 'approve'] as const).flatMap((action) => {
        const done = events.findLast((event) => event.action === action)
        return done === undefined
          ? []
          : [[action === 'submit' ? words.facts.submitter : words.facts.approver, nameOf(done.done_by)]]
      }),
      ...(rules.length === 0 ? [words.rails.none] : rules).map((rule, index) => [index === 0 ? words.facts.rails : '', rule]),
    ]
    const history = events.map((event) => [
      dayOf(event.done_at_ms, ''),
      event.done_by_name ?? words.merit,
      words.actions[event.action],
      event.comment,
    ])
    const head = `${document.title}\n  ${row.id} · ${editionWordsIn(say.language).states[row.status]}\n  ${row.hash}`
    const json = { ...summary(row), guardRails: rails, document, events }
    return { json, text: [head, columns(facts), columns([words.eventHeading, ...history])].join('\n\n') }
  })
}

async function checkOne({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const reference = required(say, parseOptions(args, []).words[0], 'EDITION', 'merit edition check EDITION')
  const words = editionMessages(say)
  const { row, document } = await withBook(configuration, (book) => editionNamed(book, say, reference))
  const check = checkDraft(document)
  const isGood = faultsOf(check) === 0
  if (!isGood) process.exitCode = 1
  const cases = check.testCases
    .filter((one) => !one.isGood)
    .map(({ name, expected, came }) => [
      name,
      String(expected.premiumMinor),
      String(came?.premiumMinor ?? '–'),
      String(came?.classPremiumMinor ?? ''),
    ])
  const parts = [
    ...(check.problems.length > 0 ? [[words.problems, ...check.problems.map((problem) => `  ${problem}`)].join('\n')] : []),
    ...(cases.length > 0 ? [columns([words.caseHeading, ...cases])] : []),
  ]
  return { json: { hash: row.hash, ...check }, text: isGood ? words.noProblems : parts.join('\n\n') }
}

async function makeDraft({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = 'merit edition draft (--from EDITION [--title TITLE] | FILE.json) --as EMAIL'
  const parsed = parseOptions(args, ['from', 'title', 'as'])
  const [from, file] = [parsed.option('from'), parsed.words[0]]
  const name = required(say, from ?? file, 'FILE.json', usage)
  const value = from === undefined ? await jsonFile(say, name) : undefined
  return withBook(configuration, async (book) => {
    const actor = await actorOf(book, say, parsed, usage)
    const time = { nowMs: Date.now(), random: randomBytes(8) }
    const outcome =
      from === undefined
        ? await draftOf(book, value, actor, time)
        : await draftFrom(book, from, parsed.option('title'), actor, time)
    return draftAnswer(say, outcome, name)
  })
}

async function replaceDocument({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = 'merit edition replace EDITION FILE.json --as EMAIL [--hash HASH]'
  const parsed = parseOptions(args, ['as', 'hash'])
  const reference = required(say, parsed.words[0], 'EDITION', usage)
  const value = await jsonFile(say, required(say, parsed.words[1], 'FILE.json', usage))
  return withBook(configuration, async (book) => {
    const actor = await actorOf(book, say, parsed, usage)
    const { row } = await editionNamed(book, say, reference)
    const outcome = await changeDraft(book, row.id, parsed.option('hash') ?? row.hash, () => value, actor, Date.now())
    return draftAnswer(say, outcome, reference)
  })
}

async function rateTestCases({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = 'merit edition rate-test-cases EDITION --as EMAIL'
  const parsed = parseOptions(args, ['as'])
  const reference = required(say, parsed.words[0], 'EDITION', usage)
  return withBook(configuration, async (book) => {
    const actor = await actorOf(book, say, parsed, usage)
    const { row, document } = await editionNamed(book, say, reference)
    const { problems } = checkDraft(document)
    if (problems.length > 0) throw refusal(say, { kind: 'has-problems', problems: problems.length }, reference)
    return draftAnswer(say, await changeDraft(book, row.id, row.hash, withCasesRated, actor, Date.now()), reference)
  })
}

function draftAnswer(say: TerminalMessages, outcome: DraftOutcome, reference: string): Answer {
  if (outcome.kind !== 'done') throw refusal(say, outcome, reference)
  const { id, hash } = outcome.row
  return { json: summary(outcome.row), text: editionMessages(say).drafted(id, hash) }
}

async function discard({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = 'merit edition discard EDITION --as EMAIL'
  const parsed = parseOptions(args, ['as'])
  const reference = required(say, parsed.words[0], 'EDITION', usage)
  return withBook(configuration, async (book) => {
    const actor = await actorOf(book, say, parsed, usage)
    const { row } = await editionNamed(book, say, reference)
    const outcome = await discardDraft(book, row.id, row.hash, actor, Date.now())
    if (outcome.kind !== 'discarded' && outcome.kind !== 'done') throw refusal(say, outcome, reference)
    return { json: { id: row.id }, text: editionMessages(say).discarded(row.id) }
  })
}

async function moveOne(kind: Move['kind'], { configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = `merit edition ${kind} EDITION --as EMAIL${kind === 'schedule' ? ' [--at TIME]' : ''} [--comment TEXT] [--hash HASH]`
  const parsed = parseOptions(args, ['as', 'comment', 'hash', ...(kind === 'schedule' ? ['at'] : [])])
  const reference = required(say, parsed.words[0], 'EDITION', usage)
  const at = kind === 'schedule' ? parsed.option('at') : undefined
  const fromMs = at === undefined ? undefined : parseTime(say, 'at', at)
  return withBook(configuration, async (book) => {
    const actor = await actorOf(book, say, parsed, usage)
    const { row } = await editionNamed(book, say, reference)
    const move = { kind, seenHash: parsed.option('hash') ?? row.hash, comment: parsed.option('comment') ?? '', fromMs }
    const outcome = await moveEdition(book, row.id, move, actor, Date.now())
    if (outcome.kind !== 'done') throw refusal(say, outcome, reference)
    const state = editionWordsIn(say.language).states[outcome.row.status]
    return { json: summary(outcome.row), text: editionMessages(say).moved(outcome.row.id, state) }
  })
}

async function shadow({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = 'merit edition shadow (EDITION [--off yes] --as EMAIL | --plan PLAN)'
  const parsed = parseOptions(args, ['as', 'off', 'plan'])
  const words = editionMessages(say)
  const plan = parsed.option('plan')
  if (plan !== undefined) {
    const report = await withBook(configuration, (book) => shadowReport(book, plan))
    if (report === undefined) throw new CommandError(words.noShadow(plan))
    return { json: report, text: reportText(say, report) }
  }
  const reference = required(say, parsed.words[0], 'EDITION', usage)
  const isOn = parsed.option('off') === undefined
  return withBook(configuration, async (book) => {
    const actor = await actorOf(book, say, parsed, usage)
    const outcome = await setShadow(book, reference, isOn, actor, Date.now())
    if (outcome.kind !== 'done') throw refusal(say, outcome, reference)
    return { json: summary(outcome.row), text: isOn ? words.isShadow(outcome.row.id) : words.noShadowMore(outcome.row.id) }
  })
}

function reportText(say: TerminalMessages, report: ShadowReport): string {
  const words = editionMessages(say)
  const money = (minor: number) => (report.currency === null ? String(minor) : formatMoney(minor, report.currency, say.language))
  const lines = report.largest.map(({ policyId, chargedMinor, shadowMinor }) => [
    policyId,
    money(chargedMinor),
    money(shadowMinor),
  ])
  return [
    words.shadowReport(report.priced, report.policies, money(report.chargedMinor), money(report.shadowMinor)),
    words.shadowSides(report.lower, report.equal, report.higher),
    ...(lines.length === 0 ? [] : ['', columns([words.shadowHeading, ...lines])]),
    ...report.problems.map(({ policyId, problem }) => `  ${policyId}: ${problem}`),
  ].join('\n')
}
