// `merit dislocation` 的文字，简体中文。

import type { DislocationMessages } from './dislocation.en.ts'

export const dislocationZhCn: DislocationMessages = {
  usage:
    'merit dislocation 版本|文件.json [--seed N] [--claims 文件.csv] [--target-loss-ratio 0.65] [--night HH:MM-HH:MM] [--speeding-tolerance 公里每小时] [--html 文件.html]',
  progress: (done, policies) => `保单 ${done} / ${policies}`,
  replay: '重放',
  report: '报告',
  inForce: '现行版本',
  draft: '草案',
  policies: '保单数',
  onRecord: '当前收取的年保费',
  before: '现行版本按相同事实计算',
  after: '草案（含限制）',
  uncapped: '草案（不含限制）',
  view: (change, factor) => `平均变动 ${change}，乘以 ${factor} 可保持总保费不变`,
  lossRatio: '预期赔付率',
  lossRatios: (before, after, uncapped) => `${before} → ${after}（不含限制 ${uncapped}）`,
  claims: {
    stated: '按给定的预期赔款',
    'class-price': (ratio) => `假定赔款为现行类别价格的 ${ratio}`,
    both: (stated, ratio) => `${stated} 份保单按给定的预期赔款，其余假定为现行类别价格的 ${ratio}`,
  },
  notices: (notices) => `${notices} 份保单上涨 10 % 或以上，须发通知`,
  percentile: '百分位',
  fairness: '公平性：保费与类别价格之比的均值相对其他所有人（95 % 区间）；享受折扣的比例相对其他人的比例',
  small: '样本少',
  nobodyElse: '–',
  worstUp: '上涨最多',
  worstDown: '下降最多',
  unrated: (policies, policyId, problem) => `${policies} 份保单无法计价，未计入任何数字；第一份是 ${policyId}：${problem}`,
  changedMeanwhile: (policies) => `运行期间有 ${policies} 份保单重新计价；如需同一时点的结果，请再运行一次。`,
  measuredAgain: (trips, unaffected, without) =>
    `${trips} 次行程由原始读数重新测量，${unaffected} 次不受影响，${without} 次已无读数，按原测量结果计入。`,
  errors: {
    noEdition: (reference) => `保单库中没有版本 "${reference}"，也没有这个文件。`,
    badFile: (file, reason) => `${file} 不是费率版本：${reason}。`,
    badClaims: (file, problem) => `${file}，${problem}。`,
    invalid: (problems) => `草案无法用于计价：${problems}。`,
    noChampion: (planId) => `方案 ${planId} 没有可比较的现行版本。`,
    noPolicies: (planId) => `方案 ${planId} 没有保单。`,
    failed: (problem) => `重放失败：${problem}`,
    cancelled: '重放已取消。',
    night: '两个时刻，例如 23:00-05:00',
    number: (from, to) => `${from} 到 ${to} 之间的数`,
  },
}
