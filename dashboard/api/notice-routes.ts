// Notices of changed premiums: what moved a premium, to the cent and in words, as data and as a PDF.

import Type from 'typebox'
import { noticeHeadings } from '../../pricing/notice/headings.ts'
import { noticesOf } from '../../pricing/notice/notices-of.ts'
import { isLocale, locales } from '../messages/locale.ts'
import { composeNotice, reasonsOf } from '../notice/notice.ts'
import { renderNotice } from '../notice/render-notice.ts'
import { listOrder, pageOf, pageOfItems, pageQuery } from './page.ts'
import { policyOf } from './policies.ts'
import { fields, guardedRoute, noInput, refuse, reply } from './route.ts'

const roles = ['policyholder', 'insurer'] as const
const language = fields({ locale: Type.Optional(Type.Enum(locales)) })
const PolicyId = Type.String({ minLength: 1, maxLength: 128 })

const ChangeMinor = Type.Integer({ description: 'Of the monthly premium, minor units; the sum of all is the difference.' })

const NoticeSchema = Type.Object({
  /** Of the premium change it explains; with the policy its address. */
  number: Type.Integer({ minimum: 1 }),
  oldMinor: Type.Integer(),
  newMinor: Type.Integer(),
  currency: Type.String(),
  fromMs: Type.Integer(),
  changedAtMs: Type.Integer(),
  noticedAtMs: Type.Integer(),
  /** In the order of the statute's headings; reasons below half a cent are left out. */
  groups: Type.Array(
    Type.Object({
      heading: Type.Enum(noticeHeadings),
      title: Type.String(),
      changeMinor: ChangeMinor,
      reasons: Type.Array(
        Type.Object({ id: Type.String(), title: Type.String(), sentence: Type.String(), changeMinor: ChangeMinor }),
      ),
    }),
  ),
})

const newestFirst = listOrder('notices', Type.Tuple([Type.String()]))

export type Notice = Type.Static<typeof NoticeSchema>

export const noticeRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/notices',
    summary: 'Notices of changes of the premium from 10 % on, the newest first, with their reasons in words.',
    roles,
    ...noInput,
    params: fields({ id: PolicyId }),
    query: fields({ ...language.properties, ...pageQuery }),
    response: pageOf(NoticeSchema),
    async handle({ services, caller, params, query }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      const locale = query.locale ?? (isLocale(caller.locale) ? caller.locale : 'en')
      const notices = await noticesOf(services.book, policy.id)
      const page = pageOfItems(newestFirst, notices, ({ number }) => String(number), query)
      if ('kind' in page) return page
      const items = page.items.map((notice): Notice => {
        const { number, oldMinor, newMinor, currency, fromMs, changedAtMs, noticedAtMs } = notice
        const groups = reasonsOf(notice, locale).map((group) => ({ ...group, reasons: [...group.reasons] }))
        return { number, oldMinor, newMinor, currency, fromMs, changedAtMs, noticedAtMs, groups }
      })
      return reply({ items, next: page.next })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/notice.pdf',
    summary: 'One notice as a PDF, the newest unless a number is given, under the headings of the statute.',
    roles,
    ...noInput,
    params: fields({ id: PolicyId }),
    query: fields({ ...language.properties, number: Type.Optional(Type.Integer({ minimum: 1 })) }),
    response: Type.Unknown(),
    contentType: 'application/pdf',
    async handle({ services, caller, params, query }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      const notice = (await noticesOf(services.book, policy.id)).find(({ number }) => number === (query.number ?? number))
      if (notice === undefined) return refuse('not-found')
      const locale = query.locale ?? (isLocale(caller.locale) ? caller.locale : 'en')
      const { timeZone, policyholder } = policy
      const bytes = await renderNotice(composeNotice({ locale, notice, timeZone, policyholder: policyholder.name }))
      const fileName = `merit-notice-${policy.id.replaceAll(/[^A-Za-z0-9._-]/g, '-')}-${notice.number}.pdf`
      return { kind: 'file', contentType: 'application/pdf', fileName, bytes }
    },
  }),
] as const
