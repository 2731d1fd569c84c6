// 费率版本被拒绝、表格不符合要求时的文字（简体中文），由服务器和终端使用。

import type { EditionWords } from './edition-life.en.ts'

export const editionWords: EditionWords = {
  csv: {
    'not-csv': ({ mend }) => `这不是 CSV：${mend}。`,
    empty: ({ mend }) => `没有内容。第一行应为 ${mend}。`,
    'too-large': ({ mend }) => `表格过大，最多 ${mend} 个字符。`,
    'missing-column': ({ column }) => `缺少“${column}”列，请在第一行加上。`,
    'unknown-column': ({ column, mend }) => `没有“${column}”列；各列为 ${mend}。`,
    cells: ({ found, mend }) => `本行有 ${found} 个单元格，应为 ${mend} 个。小数点请用“.”，逗号会把一个数拆成两格。`,
    'missing-value': () => '此处为空，请填写。',
    'wrong-decimal-mark': ({ found, mend }) => `“${found}”的小数点不正确，请写成 ${mend}。`,
    'not-a-number': ({ found }) => `“${found}”不是数字；请用数字和小数点，例如 1.05。`,
    'not-positive': ({ found }) => `${found} 不大于零，请填写大于零的数。`,
    duplicate: ({ found, mend }) => `“${found}”已出现在第 ${mend} 行，请只保留一个。`,
    'unknown-level': ({ found, mend }) => `没有“${found}”；可选值为 ${mend}。`,
    'missing-level': ({ mend }) => `缺少“${mend}”，请为它加一行。`,
    gap: ({ found, mend }) =>
      mend === '' ? `${found} 及以上没有覆盖；请将最后一档的“below”留空。` : `缺少“${mend}”，请为它加一行。`,
    'not-ascending': ({ found, mend }) => `${found} 排在 ${mend} 之后，请按升序排列。`,
    'too-few': ({ mend }) => `至少需要 ${mend} 行。`,
  },
  place: (line, column) => `第 ${line} 行${column === '' ? '' : `“${column}”列`}`,
  refused: {
    unknown: (reference) => `没有费率版本“${reference}”。`,
    stale: (hash) => `文档在查看之后已被修改，现在的哈希为 ${hash}。请重新查看。`,
    wrongState: (status, allowed) => `当前状态为“${status}”；此操作需要“${allowed}”。`,
    hasProblems: (count) => `有 ${count} 处问题或未通过的测试用例，修正后才能提交。`,
    ownEdition: '编写或提交者不能审批自己的版本，请由同事审批。',
    notApproved: '此文档不是获批的那一份。请撤回后重新提交。',
    inThePast: '不能在过去的时间启用，请选择更晚的时间。',
    taken: '该方案已有版本在此时或之后启用，请选择其他时间。',
    exists: (id) => `版本 ${id} 的内容与此完全相同。`,
    otherPlan: (planId) => `该产品没有方案“${planId}”；草稿不能更换方案。`,
    badForm: (problems) => `这不是费率版本：${problems}`,
    unknownTable: (tables) => `没有这张表；现有 ${tables}。`,
    csvProblems: (problems) => `表格不符合要求，未作任何改动：${problems}`,
  },
  states: {
    draft: '草稿',
    submitted: '待审批',
    approved: '已批准',
    scheduled: '已排期',
    active: '生效中',
    superseded: '已替换',
    withdrawn: '已撤回',
  },
}
