// `merit verify STATEMENT.pdf|PREMIUM|POLICY`: recomputes a kept premium from the stored readings up and says whether it is
// equal to the cent, or which step differs and why.

import { readFile } from 'node:fs/promises'
import { formatMoney } from '../../dashboard/messages/format.ts'
import type { Locale } from '../../dashboard/messages/locale.ts'
import { readStatement, type StatedPremium } from '../../dashboard/statement/statement-subject.ts'
import type { Finding, Verification } from '../../pricing/verify/verification.ts'
import { verifyPremium } from '../../pricing/verify/verify-premium.ts'
import type { Book } from '../../store/book/schema.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import { type VerifyMessages, verifyEn } from '../messages/verify.en.ts'
import { verifyZhCn } from '../messages/verify.zh-CN.ts'
import { type Answer, type Command, type CommandContext, CommandError, parseOptions, required, withBook } from './command.ts'

export const verifyCommands: readonly Command[] = [{ name: 'verify', run: verify }]

async function verify({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const words = say.language === 'zh-CN' ? verifyZhCn : verifyEn
  const what = required(say, parseOptions(args, []).words[0], 'STATEMENT.pdf | PREMIUM | POLICY', words.usage)
  const stated = await statedIn(what, words)
  const verification = await withBook(configuration, async (book) => {
    const telemetry = await openTelemetryStore(configuration.telemetryUrl)
    try {
      const premiumId = stated?.premiumId ?? (await premiumNamed(book, what))
      return premiumId === undefined ? undefined : await verifyPremium({ book, telemetry }, premiumId)
    } finally {
      await telemetry.close()
    }
  })
  if (verification === undefined) throw new CommandError(words.notFound(stated?.premiumId ?? what))
  const complete = stated === undefined ? verification : withDocument(verification, stated)
  if (complete.verdict !== 'equal') process.exitCode = 1
  return { json: complete, text: textOf(complete, words, say.language) }
}

/** Undefined when it is no file. @throws CommandError for a file that is no statement */
async function statedIn(what: string, words: VerifyMessages): Promise<StatedPremium | undefined> {
  if (!/\.pdf$/i.test(what)) return undefined
  let pdf: Uint8Array
  try {
    pdf = await readFile(what)
  } catch (cause) {
    throw new CommandError(words.notFound(what), { cause })
  }
  const stated = readStatement(pdf)
  if (stated === undefined) throw new CommandError(words.notAStatement(what))
  return stated
}

/** The premium of this id, or the one that the policy of this id pays now. */
async function premiumNamed(book: Book, what: string): Promise<string | undefined> {
  const premium = await book.selectFrom('premiums').select('id').where('id', '=', what).executeTakeFirst()
  if (premium !== undefined) return premium.id
  const policy = await book.selectFrom('policies').select('current_premium_id').where('id', '=', what).executeTakeFirst()
  return policy?.current_premium_id ?? undefined
}

/** A statement is evidence of its own: what it says is held against the book too. */
export function withDocument(verification: Verification, stated: StatedPremium): Verification {
  const { premiumMinor, currency } = stated
  const isSame = premiumMinor === verification.keptMinor && currency === verification.currency
  if (isSame) return verification
  const finding: Finding = {
    kind: 'document-differs',
    field: 'premiumMinor',
    document: `${premiumMinor} ${currency}`,
    kept: `${verification.keptMinor} ${verification.currency}`,
  }
  const verdict = verification.verdict === 'equal' ? 'different' : verification.verdict
  return { ...verification, verdict, findings: [finding, ...verification.findings] }
}

function textOf(verification: Verification, words: VerifyMessages, locale: Locale): string {
  const { premiumId, policyId, currency, keptMinor, recomputedMinor, verdict, findings } = verification
  const money = (minor: number): string => formatMoney(minor, currency, locale)
  const said =
    verdict === 'equal'
      ? words.verdict.equal(money(keptMinor))
      : recomputedMinor === undefined
        ? words.verdict['not-recomputable'](money(keptMinor))
        : recomputedMinor === keptMinor
          ? words.verdict['same-amount'](money(keptMinor))
          : words.verdict.different(money(keptMinor), money(recomputedMinor))
  const lines = findings.map((finding) => `    ${sentenceOf(finding, words, money)}`)
  return [words.premium(premiumId, policyId), `  ${said}`, ...lines].join('\n')
}

function sentenceOf(finding: Finding, { findings: say }: VerifyMessages, money: (minor: number) => string): string {
  switch (finding.kind) {
    case 'document-differs':
      return say[finding.kind](finding.field, finding.document, finding.kept)
    case 'edition-missing':
      return say[finding.kind](finding.editionHash)
    case 'edition-changed':
      return say[finding.kind](finding.editionHash, finding.problem)
    case 'facts-hash-differs':
      return say[finding.kind](finding.kept, finding.actual)
    case 'kept-step-differs':
    case 'step-differs':
      return say[finding.kind](finding.stepId, finding.kept, finding.recomputed)
    case 'amount-differs':
      return say[finding.kind](money(finding.keptMinor), money(finding.worksheetMinor))
    case 'fact-differs':
      return say[finding.kind](finding.path, finding.kept, finding.recomputed)
    case 'experience-gone':
      return say[finding.kind](finding.what, finding.deviceId, finding.at)
    case 'measured-otherwise':
      return say[finding.kind](finding.what, finding.deviceId, finding.at, finding.path, finding.isLater)
    case 'readings-deleted':
    case 'came-later':
      return say[finding.kind](finding.what, finding.deviceId, finding.count)
    case 'basis-unknown':
      return say[finding.kind]()
  }
}
