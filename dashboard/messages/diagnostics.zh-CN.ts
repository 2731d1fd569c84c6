// 模型诊断图中的文字（简体中文）。

import type { DiagnosticWords } from '../../pricing/fit-diagnostics/diagnostic-words.ts'

const number = (value: number, decimals: number): string =>
  value.toLocaleString('zh-CN', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
const percent = (share: number, decimals: number): string => `${number(share * 100, decimals)}%`

export const diagnosticWords: DiagnosticWords = {
  language: 'zh-CN',
  number,
  percent,
  pageTitle: '模型拟合得如何',
  tableOfSame: '同样数据的表格',
  observed: '实际',
  expected: '预期',
  expectedOf: (model) => `按 ${model} 排序的实际累计占比`,
  exposure: '风险暴露',
  rate: '单位风险暴露的赔付率或频率',
  interval: '95% 区间',
  group: '组',
  groupOf: (groups) => `风险暴露相等的各组：1 组预期最低，${groups} 组最高`,
  relativeRate: '相对水平（1 = 平均）',
  ratio: (proposed, current) => `${proposed} ÷ ${current}`,
  exposureShare: '风险暴露累计占比（预期由低到高）',
  observedShare: '实际累计占比',
  equal: '没有区分',
  gini: '基尼系数',
  doubleLiftTitle: (proposed, current) => `双提升图：${proposed} 对比 ${current}`,
  doubleLiftCaption: ({ proposed, current, proposedError, currentError }) =>
    `按 ${proposed} 预期比 ${current} 高出多少排序，并分成风险暴露相等的各组；哪条线更贴近实际，就更应相信哪个模型。` +
    `平均而言，${proposed} 与实际相差 ${percent(proposedError, 1)}，${current} 相差 ${percent(currentError, 1)}。`,
  lorenzTitle: '排序洛伦兹曲线',
  lorenzCaption: (curves) =>
    `从预期最低到最高排列：曲线越低于直线，模型区分风险好坏的能力越强。` +
    `${curves.map(({ name, gini }) => `${name} 的基尼系数为 ${number(gini, 3)}`).join('；')}。`,
  calibrationTitle: (model) => `${model} 的校准`,
  calibrationCaption: ({ balance, within, groups }) =>
    `风险暴露相等的各组的预期与实际水平。${groups} 组中有 ${within} 组的预期落在实际值的 95% 区间内；合计实际为预期的 ${percent(balance, 1)}。`,
  oneWayTitle: (factor) => `单因子图：${factor}`,
  oneWayCaption: ({ model, within, levels }) =>
    `实际水平与 ${model} 的预期，柱形为风险暴露。${levels} 个水平中有 ${within} 个的预期落在实际值的 95% 区间内。`,
}
