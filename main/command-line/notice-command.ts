// `merit notice POLICY`: the notices of a policy's premium changes, in words, and one of them as a PDF.

import { writeFile } from 'node:fs/promises'
import { formatDateTime, formatMoney } from '../../dashboard/messages/format.ts'
import { isLocale, locales } from '../../dashboard/messages/locale.ts'
import { composeNotice, reasonsOf } from '../../dashboard/notice/notice.ts'
import { renderNotice } from '../../dashboard/notice/render-notice.ts'
import { noticesOf, type PremiumNotice } from '../../pricing/notice/notices-of.ts'
import { columns } from '../status-table.ts'
import { type Answer, type Command, type CommandContext, CommandError, parseOptions, required, withBook } from './command.ts'

export const noticeCommands: readonly Command[] = [{ name: 'notice', run: showNotices }]

async function showNotices({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = 'merit notice POLICY [--out FILE.pdf] [--locale en|zh-CN]'
  const parsed = parseOptions(args, ['out', 'locale'])
  const id = required(say, parsed.words[0], 'POLICY', usage)
  const locale = parsed.option('locale') ?? say.language
  if (!isLocale(locale)) throw new CommandError(say.errors.badOption('locale', locale, locales.join(' | ')))
  const found = await withBook(configuration, async (book) => {
    const policy = await book
      .selectFrom('policies')
      .innerJoin('policyholders', 'policyholders.id', 'policies.policyholder_id')
      .select(['policies.id as id', 'time_zone as timeZone', 'policyholders.name as holder'])
      .where('policies.id', '=', id)
      .executeTakeFirst()
    if (policy === undefined) throw new CommandError(say.errors.unknownPolicy(id))
    return { ...policy, notices: await noticesOf(book, id) }
  })
  const { notices, timeZone, holder: policyholder } = found
  const [latest] = notices
  const json = notices.map(({ before, after, parts, ...notice }) => ({
    ...notice,
    parts,
    groups: reasonsOf({ ...notice, before, after, parts }, locale),
  }))
  if (latest === undefined) return { json, text: say.noNotice(id) }
  const file = parsed.option('out')
  if (file !== undefined) {
    const bytes = await renderNotice(composeNotice({ locale, notice: latest, timeZone, policyholder }))
    await writeFile(file, bytes).catch((error: unknown) => {
      throw new CommandError(say.errors.notWritten(file, error instanceof Error ? error.message : String(error)))
    })
    return { json: { ...json[0], file }, text: say.written(file) }
  }
  return { json, text: notices.map((notice) => noticeText(notice, locale, timeZone)).join('\n\n') }
}

function noticeText(notice: PremiumNotice, locale: (typeof locales)[number], timeZone: string): string {
  const { oldMinor, newMinor, currency, changedAtMs } = notice
  const money = (minor: number) => formatMoney(minor, currency, locale)
  const change = (minor: number) => formatMoney(minor, currency, locale, { sign: 'always' })
  const head = `${formatDateTime(changedAtMs, locale, timeZone)}  ${money(oldMinor)} → ${money(newMinor)}  ${change(newMinor - oldMinor)}`
  const rows = reasonsOf(notice, locale).flatMap(({ title, reasons }) =>
    reasons.map((reason) => [change(reason.changeMinor), title, reason.title, reason.sentence]),
  )
  return [head, columns(rows)].join('\n')
}
