// The promises of an edition, each as a sentence.

import type { Edition } from '../../pricing/edition/edition-document.ts'
import type { Locale } from '../messages/locale.ts'
import { figuresIn, filingWords } from './filing-words.ts'

export function guardSentences({ guardRails, currency }: Edition, locale: Locale): readonly string[] {
  const say = filingWords(locale)
  const { discountOnly, noMidTermRerate, notForNonRenewal, maxChangePerTerm } = guardRails
  return [
    say(discountOnly ? 'guard.discount-only.yes' : 'guard.discount-only.no'),
    say(noMidTermRerate ? 'guard.mid-term.yes' : 'guard.mid-term.no'),
    say(notForNonRenewal ? 'guard.renewal.yes' : 'guard.renewal.no'),
    maxChangePerTerm === undefined
      ? say('guard.term-change.none')
      : say('guard.term-change', { share: figuresIn(locale, currency).share(maxChangePerTerm) }),
  ]
}
