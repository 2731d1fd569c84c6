// Commands about accounts: the first ones of an installation are made here, since nobody can sign up over the network.

import { randomBytes } from 'node:crypto'
import { recordAuditWithin } from '../../dashboard/api/audit.ts'
import { createAccount } from '../../dashboard/sign-in/accounts.ts'
import { takeSecondFactorOff } from '../../dashboard/sign-in/reset-second-factor.ts'
import type { Role } from '../../store/book/schema.ts'
import { type Answer, type Command, type CommandContext, CommandError, parseOptions, required, withBook } from './command.ts'

export const accountCommands: readonly Command[] = [
  { name: 'account add', run: addAccount },
  { name: 'account reset-second-factor', run: resetSecondFactor },
]

const roles: readonly Role[] = ['insurer', 'policyholder', 'maker', 'tester']
/** 120 bits: nobody guesses it, and it is still typed in a breath. */
const passwordBytes = 15

async function addAccount({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const usage = 'merit account add EMAIL --role insurer|policyholder|maker|tester [--name NAME] [--policy ID] [--insurer ID]'
  const parsed = parseOptions(args, ['role', 'name', 'policy', 'language', 'insurer'])
  const email = required(say, parsed.words[0], 'EMAIL', usage)
  const roleText = required(say, parsed.option('role'), '--role', usage)
  const role = roles.find((candidate) => candidate === roleText)
  if (role === undefined) throw new CommandError(say.errors.badOption('role', roleText, roles.join(' | ')))
  const policyId = parsed.option('policy')
  const password = randomBytes(passwordBytes).toString('base64url')

  return withBook(configuration, async (book) => {
    const policy =
      policyId === undefined
        ? undefined
        : await book
            .selectFrom('policies')
            .select(['policyholder_id', 'insurer_id'])
            .where('id', '=', policyId)
            .executeTakeFirst()
    if (policyId !== undefined && policy === undefined) throw new CommandError(say.errors.unknownPolicy(policyId))
    const locale = parsed.option('language') === 'zh-CN' ? 'zh-CN' : 'en'
    const outcome = await createAccount(book, {
      email,
      name: parsed.option('name') ?? email,
      role,
      password,
      locale,
      demo: false,
      // Whose policy it is says whose account it is.
      insurerId: policy?.insurer_id ?? parsed.option('insurer'),
    })
    if (outcome.kind === 'unknown-insurer') throw new CommandError(say.errors.unknownInsurer(outcome.insurerId))
    if (outcome.kind === 'exists') throw new CommandError(say.errors.accountExists(email))
    if (outcome.kind !== 'created') throw new CommandError(say.errors.badEmail(email))
    if (policy !== undefined)
      await book.updateTable('policyholders').set({ user_id: outcome.id }).where('id', '=', policy.policyholder_id).execute()
    return { json: { id: outcome.id, email, password }, text: say.accountAdded(email, password) }
  })
}

/** For somebody who lost phone and recovery codes; whoever runs this has made sure that it is they who ask. */
async function resetSecondFactor({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const parsed = parseOptions(args, [])
  const email = required(say, parsed.words[0], 'EMAIL', 'merit account reset-second-factor EMAIL')
  return withBook(configuration, async (book) => {
    // Done and written down together, or not at all.
    const outcome = await book.transaction().execute(async (change) => {
      const reset = await takeSecondFactorOff(change, email)
      if (reset.kind !== 'reset') return reset
      const caller = { ...commandLine, insurerId: reset.insurerId }
      const { userId, codes, passkeys, sessions } = reset
      const entry = { caller, action: 'account.reset-second-factor', subjectKind: 'account', subjectId: userId }
      await recordAuditWithin(change, { ...entry, detail: { codes, passkeys, sessions } }, Date.now())
      return reset
    })
    if (outcome.kind === 'unknown') throw new CommandError(say.errors.unknownAccount(email))
    if (outcome.kind === 'none') throw new CommandError(say.errors.noSecondFactor(email))
    return { json: outcome, text: say.secondFactorReset(email) }
  })
}

/** Who acts when no account does. */
const commandLine = { id: 'command-line', name: 'merit (command line)', role: 'operator' } as const
