// One reason for a change of premium in words: what moved the step, now and before. Pure.

import { type Cause, findStep } from '../../pricing/notice/headings.ts'
import type { Worksheet, WorksheetStep } from '../../pricing/worksheet.ts'
import { formatFixed, formatKm, formatMoney, formatNumber } from '../messages/format.ts'
import type { Locale } from '../messages/locale.ts'
import { noticeMessages as en, type NoticeKey } from '../messages/notice.en.ts'
import { noticeMessages as zhCN } from '../messages/notice.zh-CN.ts'
import { fill, type MessageValues, sayIfKnown } from '../messages/say.ts'
import { formatShare, stepTitle } from '../messages/worksheet.ts'

export type SayNotice = (key: NoticeKey, values?: MessageValues) => string

export function noticeWords(locale: Locale): SayNotice {
  const messages = locale === 'zh-CN' ? zhCN : en
  return (key, values = {}) => fill(messages[key], values, locale)
}

interface Pair {
  readonly id: string
  readonly from: WorksheetStep | undefined
  readonly to: WorksheetStep | undefined
  readonly before: Worksheet
  readonly after: Worksheet
  readonly locale: Locale
  readonly say: SayNotice
}

export function reasonTitle(stepId: string, after: Worksheet, before: Worksheet, locale: Locale): string {
  if (stepId === 'rounding') return noticeWords(locale)('heading.rounding')
  return stepTitle(findStep(after, stepId) ?? findStep(before, stepId) ?? { id: stepId }, locale)
}

/** What changed in this step, in one or two sentences. */
export function reasonSentence(id: string, cause: Cause, before: Worksheet, after: Worksheet, locale: Locale): string {
  const say = noticeWords(locale)
  const pair: Pair = { id, from: findStep(before, id), to: findStep(after, id), before, after, locale, say }
  const parts = id === 'rounding' ? [say('rounding.text')] : cause === 'plan' ? planSentences(pair) : policySentences(pair, cause)
  return parts.filter((part) => part !== '').join(locale === 'zh-CN' ? '' : ' ')
}

function policySentences(pair: Pair, cause: Cause): readonly string[] {
  const { id, from, to, say, locale } = pair
  if (isLimit(id)) return limitSentences(pair)
  if (id.startsWith('base-rate') || id === 'instalment') return planSentences(pair)
  const too = cause === 'both' ? say('plan.too') : ''
  if (id === 'mileage') {
    const km = (step: WorksheetStep | undefined) => formatKm(Math.round(figure(step, 'kmPerYear') ?? 0), locale)
    return [say('mileage.changed', { now: km(to), was: km(from) }), too]
  }
  if (id === 'bonus-malus') return [say('bonus-malus.changed', factors(pair)), too]
  if (figure(to, 'observed') !== undefined || figure(from, 'observed') !== undefined) return [...measuredSentences(pair), too]
  const [level, former] = [levelName(to, locale), levelName(from, locale)]
  if (level !== '' && former !== '' && level !== former) return [say('level.changed', { now: level, was: former }), too]
  const [value, formerValue] = [figure(to, 'value'), figure(from, 'value')]
  if (value !== undefined && formerValue !== undefined)
    return [say('value.changed', { now: formatNumber(value, locale, 1), was: formatNumber(formerValue, locale, 1) }), too]
  return [say('value.changed', factors(pair)), too]
}

function measuredSentences({ id, from, to, say, locale }: Pair): readonly string[] {
  const unit = String(to?.figures['unit'] ?? from?.figures['unit'] ?? '')
  const behaviour = id.slice(id.indexOf(':') + 1)
  const write = (step: WorksheetStep | undefined): string | number => {
    const observed = figure(step, 'observed') ?? 0
    return unit === 'share' ? formatShare(observed, locale) : Math.round(observed * 10) / 10
  }
  const wasMeasured = exposureOf(from) > 0
  const known = `${wasMeasured ? 'observed' : 'first'}.${behaviour}.${unit}`
  const values = { now: write(to), was: write(from) }
  const parts = [say(isNoticeKey(known) ? known : wasMeasured ? 'observed.other' : 'first.other', values)]
  const [z, formerZ] = [figure(to, 'credibility') ?? 0, figure(from, 'credibility') ?? 0]
  const shares = { now: formatShare(z, locale), was: formatShare(formerZ, locale) }
  if (wasMeasured && shares.now !== shares.was)
    parts.push(say(z > formerZ ? 'measured.more-known' : 'measured.less-known', shares))
  if ((figure(to, 'valveTests') ?? 0) > 0 && figure(from, 'valveTests') === 0) parts.push(say('measured.valve'))
  return parts
}

function planSentences(pair: Pair): readonly string[] {
  const { id, from, to, say, locale } = pair
  if (isLimit(id)) return limitSentences(pair)
  if (to === undefined) return [say('plan.removed')]
  if (from === undefined) return [say('plan.added')]
  if (id.startsWith('base-rate')) {
    const amount = (step: WorksheetStep, { currency }: Worksheet) => formatMoney(step.operand, currency, locale)
    return [say('plan.base', { now: amount(to, pair.after), was: amount(from, pair.before) })]
  }
  if (id === 'instalment') return [say('plan.instalment', { now: to.operand, was: from.operand })]
  const level = levelName(to, locale)
  return [level === '' ? say('plan.factor', factors(pair)) : say('plan.level', { level, ...factors(pair) })]
}

function limitSentences({ id, from, to, say }: Pair): readonly string[] {
  const rule = `limit.${id}`
  const [isHeldNow, wasHeld] = [isHolding(to), isHolding(from)]
  const state = isHeldNow && wasHeld ? 'limit.still' : isHeldNow ? 'limit.now' : 'limit.no-longer'
  return [say(isNoticeKey(rule) ? rule : 'limit.other'), isHeldNow || wasHeld ? say(state) : '']
}

function isLimit(id: string): boolean {
  return id === 'clamp' || id === 'premium-bounds' || id === 'term-change'
}

/** Behaviour bounds say what they were given; the bounds of an amount, what they kept. */
function isHolding(step: WorksheetStep | undefined): boolean {
  if (step === undefined) return false
  const given = figure(step, 'combined') ?? figure(step, 'unboundedMinor')
  return given === undefined ? true : given !== step.operand
}

function factors({ from, to, locale }: Pair): { readonly now: string; readonly was: string } {
  const write = (step: WorksheetStep | undefined) => formatFixed(step?.operand ?? 1, locale, 4)
  return { now: write(to), was: write(from) }
}

function exposureOf(step: WorksheetStep | undefined): number {
  return figure(step, 'exposureKm') ?? figure(step, 'liveDays') ?? 0
}

/** Of a factor over two inputs both levels. */
function levelName(step: WorksheetStep | undefined, locale: Locale): string {
  if (step === undefined) return ''
  const name = (level: string | number | undefined) =>
    level === undefined ? [] : [sayIfKnown(locale, `level.${step.id.slice('class:'.length)}.${level}`) ?? String(level)]
  const { level, row, column } = step.figures
  return [...name(level), ...name(row), ...name(column)].join(' × ')
}

function figure(step: WorksheetStep | undefined, name: string): number | undefined {
  const value = step?.figures[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

function isNoticeKey(key: string): key is NoticeKey {
  return Object.hasOwn(en, key)
}
