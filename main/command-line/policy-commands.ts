// Commands about policies: insure a device, list policies, show the worksheet behind a premium.

import { formatMoney } from '../../dashboard/messages/format.ts'
import type { Locale } from '../../dashboard/messages/locale.ts'
import { stepTitle } from '../../dashboard/messages/worksheet.ts'
import { addPolicy, type PolicyAdded } from '../../pricing/policies.ts'
import { type CurrentPremium, currentPremium } from '../../pricing/premium-of.ts'
import type { TerminalMessages } from '../messages/en.ts'
import { columns } from '../status-table.ts'
import { type Answer, type Command, type CommandContext, CommandError, parseOptions, required, withBook } from './command.ts'

export const policyCommands: readonly Command[] = [
  { name: 'policy add', run: insure },
  { name: 'policy list', run: listPolicies },
  { name: 'premium', run: showPremium },
]

const products = ['motor', 'home'] as const

async function insure({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = 'merit policy add --product motor|home --device ID'
  const parsed = parseOptions(args, ['product', 'device', 'id', 'holder', 'time-zone', 'facts', 'insurer'])
  const productText = required(say, parsed.option('product'), '--product', usage)
  const product = products.find((candidate) => candidate === productText)
  if (product === undefined) throw new CommandError(say.errors.badOption('product', productText, products.join(' | ')))
  const deviceIds = parsed.options('device')
  required(say, deviceIds[0], '--device', usage)
  const holder = parsed.option('holder')
  const policy = {
    id: parsed.option('id'),
    product,
    deviceIds,
    insurerId: parsed.option('insurer'),
    policyholder: holder === undefined ? undefined : { name: holder },
    timeZone: parsed.option('time-zone'),
    classFacts: parseFacts(say, parsed.option('facts')),
  }
  const added = await withBook(configuration, (book) => addPolicy(book, policy, Date.now()))
  if (added.kind !== 'added') throw new CommandError(say.errors.notInsurable(refusalIn(say, added)))
  return { json: { id: added.id }, text: say.policyAdded(added.id) }
}

function parseFacts(say: TerminalMessages, text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // Said below, as for any other text that is not an object.
  }
  throw new CommandError(say.errors.badOption('facts', text, 'a JSON object, such as {"driverAgeYears":34,"kmPerYear":9000}'))
}

function refusalIn(say: TerminalMessages, refusal: Exclude<PolicyAdded, { kind: 'added' }>): string {
  const { insure } = say.errors
  switch (refusal.kind) {
    case 'bad-id':
      return say.errors.badDeviceId(refusal.id)
    case 'bad-time-zone':
      return insure.badTimeZone(refusal.timeZone)
    case 'bad-class-facts':
      return insure.badFacts(refusal.problem)
    case 'no-device':
      return insure.noDevice
    case 'exists':
      return insure.exists(refusal.id)
    case 'no-edition':
      return insure.noEdition(refusal.product)
    case 'unknown-insurer':
      return say.errors.unknownInsurer(refusal.insurerId)
    case 'unknown-holder':
      return insure.unknownHolder(refusal.policyholderId)
    case 'unknown-device':
      return say.errors.unknownDevice(refusal.deviceId)
    case 'wrong-kind':
      return insure.wrongKind(refusal.deviceId, refusal.deviceKind, refusal.expected)
    case 'already-insured':
      return insure.alreadyInsured(refusal.deviceId, refusal.policyId)
  }
}

async function listPolicies({ configuration }: CommandContext): Promise<Answer> {
  const json = await withBook(configuration, (book) =>
    book
      .selectFrom('policies')
      .innerJoin('policyholders', 'policyholders.id', 'policies.policyholder_id')
      .leftJoin('premiums', 'premiums.id', 'policies.current_premium_id')
      .select(['policies.id as id', 'product', 'policyholders.name as holder', 'premium_minor as premiumMinor', 'currency'])
      .orderBy('policies.id')
      .execute(),
  )
  const amount = (row: (typeof json)[number]) =>
    row.premiumMinor === null || row.currency === null ? '' : formatMoney(row.premiumMinor, row.currency, 'en')
  return { json, text: columns(json.map((row) => [row.id, row.product, row.holder, amount(row)])) }
}

async function showPremium({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const id = required(say, parseOptions(args, []).words[0], 'POLICY', 'merit premium POLICY')
  const premium = await withBook(configuration, async (book) => {
    const policy = await book.selectFrom('policies').select('id').where('id', '=', id).executeTakeFirst()
    if (policy === undefined) throw new CommandError(say.errors.unknownPolicy(id))
    return currentPremium(book, id)
  })
  if (premium === undefined) throw new CommandError(say.noPremium(id))
  return { json: premium, text: worksheetText(say, premium) }
}

function worksheetText(say: TerminalMessages, premium: CurrentPremium): string {
  const locale: Locale = say.language
  const money = (minor: number) => formatMoney(minor, premium.currency, locale)
  const steps = premium.steps.map((step) => [
    stepTitle(step, locale),
    step.operation,
    String(step.operand),
    step.amountMinor.toFixed(4),
  ])
  const summary = [
    [say.ownPrice, money(premium.premiumMinor), say.perMonth],
    [say.classPrice, money(premium.classPremiumMinor), say.perMonth],
  ]
  return [columns(summary), '', columns(steps), '', `  edition ${premium.editionHash}`, `  facts   ${premium.factsHash}`].join(
    '\n',
  )
}
