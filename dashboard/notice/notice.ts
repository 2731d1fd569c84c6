// What a notice of a changed premium says, as plain text in the reader's language: the reasons under their headings, to the cent.
// Pure; drawing it is render-notice.ts.

import { type Cause, causeOf, headingOf, type NoticeHeading, noticeHeadings } from '../../pricing/notice/headings.ts'
import type { PremiumNotice } from '../../pricing/notice/notices-of.ts'
import { formatDateTime, formatMoney, formatPercent } from '../messages/format.ts'
import type { Locale } from '../messages/locale.ts'
import { sureness } from '../messages/premium-path.ts'
import { formatShare } from '../messages/worksheet.ts'
import { printable, typeset } from '../pdf/printable.ts'
import type { Field, Headline } from '../pdf/table.ts'
import { noticeWords, reasonSentence, reasonTitle } from './reason.ts'

export interface Reason {
  /** The step of the worksheet. */
  readonly id: string
  readonly title: string
  readonly sentence: string
  readonly changeMinor: number
}

export interface ReasonGroup {
  readonly heading: NoticeHeading
  readonly title: string
  readonly changeMinor: number
  readonly reasons: readonly Reason[]
}

/** The headings that apply, in the statute's order; reasons of less than half a cent are left out, their sum is not. */
export function reasonsOf(notice: PremiumNotice, locale: Locale): readonly ReasonGroup[] {
  const { before, after } = notice
  const say = noticeWords(locale)
  const told = notice.parts
    .filter(({ changeMinor }) => changeMinor !== 0)
    .map(({ id, changeMinor }) => {
      const cause: Cause = causeOf(id, before, after)
      const reason: Reason = {
        id,
        title: reasonTitle(id, after, before, locale),
        sentence: reasonSentence(id, cause, before, after, locale),
        changeMinor,
      }
      return { heading: headingOf(id, cause), reason }
    })
  return noticeHeadings.flatMap((heading) => {
    const reasons = told.filter((entry) => entry.heading === heading).map(({ reason }) => reason)
    const changeMinor = reasons.reduce((sum, reason) => sum + reason.changeMinor, 0)
    return reasons.length === 0 ? [] : [{ heading, title: say(`heading.${heading}`), changeMinor, reasons }]
  })
}

export interface NoticeFacts {
  readonly locale: Locale
  readonly notice: PremiumNotice
  readonly timeZone: string
  readonly policyholder: string
}

export interface NoticeDocument {
  readonly locale: Locale
  readonly issuedAtMs: number
  readonly title: string
  readonly documentTitle: string
  readonly product: string
  readonly fields: readonly Field[]
  readonly headline: Headline
  readonly short: { readonly heading: string; readonly sentences: readonly string[] }
  readonly reasons: {
    readonly heading: string
    readonly intro: string
    readonly columns: readonly [what: string, amount: string]
    readonly groups: readonly {
      readonly title: string
      readonly amount: string
      readonly rows: readonly { readonly title: string; readonly sentence: string; readonly amount: string }[]
    }[]
    readonly total: readonly [label: string, amount: string]
  }
  readonly how: { readonly heading: string; readonly text: string }
  readonly rights: { readonly heading: string; readonly text: string; readonly rule: string }
  readonly proof: { readonly heading: string; readonly fields: readonly Field[] }
  readonly footer: { readonly zone: string; readonly page: (page: number, pages: number) => string }
}

export function composeNotice({ locale, notice, timeZone, policyholder }: NoticeFacts): NoticeDocument {
  const { before, after, currency, oldMinor, newMinor } = notice
  const words = noticeWords(locale)
  const say: typeof words = (key, values) => typeset(words(key, values))
  const policy = printable(notice.policyId)
  const money = (minor: number) => typeset(formatMoney(minor, currency, locale))
  const change = (minor: number) => typeset(formatMoney(minor, currency, locale, { sign: 'always' }))
  const time = (atMs: number) => typeset(formatDateTime(atMs, locale, timeZone))
  const direction = newMinor > oldMinor ? 'rise' : 'fall'
  const groups = reasonsOf(notice, locale)
  return {
    locale,
    issuedAtMs: notice.noticedAtMs,
    title: say(`title.${direction}`),
    documentTitle: say('documentTitle', { policy, number: String(notice.number) }),
    product: say(`product.${after.product}`),
    fields: [
      { label: say('field.policyholder'), value: printable(policyholder) },
      { label: say('field.policy'), value: policy },
      {
        label: say('field.compared'),
        value: say('field.compared.value', { now: time(notice.changedAtMs), was: time(notice.fromMs) }),
      },
      { label: say('field.issued'), value: time(notice.noticedAtMs) },
    ],
    headline: {
      label: say('headline.label'),
      amount: money(newMinor),
      note: say(`headline.note.${direction}`, {
        difference: money(Math.abs(newMinor - oldMinor)),
        share: typeset(formatPercent(Math.abs(newMinor - oldMinor) / Math.max(1, oldMinor), locale, 1)),
        was: money(oldMinor),
      }),
    },
    short: { heading: say('short'), sentences: shortly(notice, groups, locale).map(typeset) },
    reasons: {
      heading: say('reasons'),
      intro: say('reasons.intro'),
      columns: [say('reasons.what'), say('reasons.amount')],
      groups: groups.map((group) => ({
        title: typeset(group.title),
        amount: group.reasons.length > 1 ? change(group.changeMinor) : '',
        rows: group.reasons.map((reason) => ({
          title: printable(reason.title),
          sentence: typeset(reason.sentence),
          amount: change(reason.changeMinor),
        })),
      })),
      total: [say('reasons.total'), change(newMinor - oldMinor)],
    },
    how: { heading: say('how'), text: say('how.text') },
    rights: { heading: say('rights'), text: say('rights.text'), rule: say('rights.rule') },
    proof: {
      heading: say('proof'),
      fields: [
        ...(before.editionHash === after.editionHash
          ? [{ label: say('proof.edition'), value: printable(after.editionHash) }]
          : [
              { label: say('proof.edition.before'), value: printable(before.editionHash) },
              { label: say('proof.edition.after'), value: printable(after.editionHash) },
            ]),
        { label: say('proof.before'), value: printable(before.factsHash) },
        { label: say('proof.after'), value: printable(after.factsHash) },
      ],
    },
    footer: {
      zone: say('footer.zone', { zone: printable(timeZone) }),
      page: (page, pages) => say('footer.page', { page, pages }),
    },
  }
}

/** What moved it most, what moved it the other way, and how much the own experience counts. */
function shortly(notice: PremiumNotice, groups: readonly ReasonGroup[], locale: Locale): readonly string[] {
  const say = noticeWords(locale)
  const sign = Math.sign(notice.newMinor - notice.oldMinor)
  const ranked = groups.toSorted((one, other) => (other.changeMinor - one.changeMinor) * sign)
  const cause = ({ title, changeMinor }: ReasonGroup) => ({
    cause: `“${title}”`,
    amount: formatMoney(changeMinor, notice.currency, locale, { sign: 'always' }),
  })
  const [main] = ranked
  const against = ranked.at(-1)
  const sentences: string[] = []
  if (main !== undefined) sentences.push(say(ranked.length === 1 ? 'short.only' : 'short.main', cause(main)))
  if (against !== undefined && against !== main && against.changeMinor * sign < 0)
    sentences.push(say('short.against', cause(against)))
  const [now, was] = [sureness(notice.after), sureness(notice.before)]
  const shares = { now: formatShare(now.share, locale), was: formatShare(was.share, locale) }
  if (shares.now !== shares.was) sentences.push(say(`short.parts.${notice.after.product}`, shares))
  return sentences
}
