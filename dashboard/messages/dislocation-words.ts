// The words of a dislocation report in one language, for its pictures and tables. What a plan names itself is shown as it is.

import type { DislocationWords } from '../../pricing/dislocation/dislocation-words.ts'
import { dislocationEn } from './dislocation.en.ts'
import { dislocationZhCn } from './dislocation.zh-CN.ts'
import { formatMoney, formatNumber, formatPercent } from './format.ts'
import type { Locale } from './locale.ts'

export function dislocationWords(locale: Locale): DislocationWords {
  const texts = locale === 'en' ? dislocationEn : dislocationZhCn
  const segments: Readonly<Record<string, string>> = texts.segments
  const levels: Readonly<Record<string, string>> = texts.levels
  const signed = [0, 1].map(
    (decimals) =>
      new Intl.NumberFormat(locale, {
        style: 'percent',
        signDisplay: 'exceptZero',
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      }),
  )
  // A real minus sign is as wide as a plus.
  const signedPercent = (share: number, decimals: number): string =>
    (signed[decimals]?.format(share) ?? formatPercent(share, locale, decimals)).replaceAll('-', '\u2212')
  return {
    ...texts,
    segmentTitle: (id) => segments[id] ?? id.replace(/^input:/, ''),
    levelTitle: (_, level) => levels[level] ?? level,
    range(from, to) {
      if (from === null) return texts.lessThan(signedPercent(to ?? 0, 0))
      if (to === null) return texts.moreThan(signedPercent(from, 0))
      return texts.between(signedPercent(from, 0), signedPercent(to, 0))
    },
    percent: (share) => formatPercent(share, locale, 1),
    signedPercent,
    count: (value) => formatNumber(value, locale),
    money: (minor, currency) => formatMoney(minor, currency, locale),
  }
}
