// What `merit verify` says, in Simplified Chinese.

import type { VerifyMessages } from './verify.en.ts'

const counted = (what: 'trip' | 'day', count: number) => (what === 'trip' ? `${count} 段行程` : `${count} 天`)
const named = (what: 'trip' | 'day') => (what === 'trip' ? '这段行程' : '这一天')

export const verifyZhCn: VerifyMessages = {
  usage: 'merit verify 对账单.pdf | 保费编号 | 保单编号',
  notFound: (what) => `没有名为“${what}”的保费、保单或文件。`,
  notAStatement: (file) => `${file} 不是 Merit 生成的对账单。`,
  premium: (id, policy) => `保单 ${policy} 的保费 ${id}`,
  verdict: {
    equal: (amount) => `分毫不差：${amount}，从已保存的读数开始重新计算`,
    different: (kept, recomputed) => `不一致：留存的是 ${kept}，重新计算得 ${recomputed}`,
    'same-amount': (amount) => `不一致：金额相符（${amount}），但留存内容并非全部相符`,
    'not-recomputable': (kept) => `无法重新计算：留存的是 ${kept}`,
  },
  findings: {
    'document-differs': (field, document, kept) => `文件中的 ${field} 为 ${document}，账簿中为 ${kept}`,
    'edition-missing': (hash) => `账簿中没有费率版本 ${hash}`,
    'edition-changed': (hash, problem) => `费率版本 ${hash} 被改动：${problem}`,
    'facts-hash-differs': (kept, actual) => `留存的事实数据的哈希为 ${actual}，应为 ${kept}`,
    'kept-step-differs': (step, kept, recomputed) => `留存的计算表与其事实数据不符：步骤 ${step} 为 ${kept}，应为 ${recomputed}`,
    'amount-differs': (kept, worksheet) => `留存的金额为 ${kept}，计算表的结果为 ${worksheet}`,
    'fact-differs': (path, kept, recomputed) => `事实 ${path} 为 ${kept}，由读数得 ${recomputed}`,
    'step-differs': (step, kept, recomputed) => `造成差异的步骤：${step} 为 ${kept}，由读数得 ${recomputed}`,
    'experience-gone': (what, device, at) => `${device}，${at}：保费以${named(what)}为依据，但账簿与读数中都已没有`,
    'measured-otherwise': (what, device, at, path, isLater) =>
      `${device}，${at}：${path === '*' ? `读数已不再构成${named(what)}` : `${named(what)}的读数与账簿不符（${path}）`}${isLater ? '；因读数迟到，在该保费之后重新测算过' : ''}`,
    'readings-deleted': (what, device, count) => `${device}：${counted(what, count)}的读数已删除，按账簿的记录计`,
    'came-later': (what, device, count) => `${device}：${counted(what, count)}在该保费之后才到，未计入`,
    'basis-unknown': () => '该保费早于 Merit 开始留存保费依据之时：取截至当时已结束的全部记录，不含更正',
  },
}
