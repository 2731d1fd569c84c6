// `merit additive` 的终端文字（简体中文）。

import type { AdditiveMessages } from './additive.en.ts'

export const additiveZhCn: AdditiveMessages = {
  usage:
    'merit additive 文件.csv[.gz] --response 列 --exposure 列 --factors A,B,C [--family poisson|gamma|1.5] [--up 列] [--down 列] ' +
    '[--pairs 20] [--by 列] [--seed 1] [--test-share 0.1] [--per-response 分] [--edition 文件.json] [--card 文件.json] [--pictures 文件夹 [--against 列]]；' +
    '--against 指定另一模型各行的预期值所在列，从而绘制双提升图；--by 指定一个级别很少的因子，每个因子对按其各级别分别成表',
  progress: (phase, fold, folds, round) =>
    ({
      screening: `筛选因子对，第 ${round} 轮`,
      mains: `单因子，第 ${fold}/${folds} 折，第 ${round} 轮`,
      pairs: `因子对，第 ${fold}/${folds} 折，第 ${round} 轮`,
    })[phase],
  lossHeading: ['每行偏差 × 100', '单一均值', '本模型'],
  heldOut: '各折留出的行',
  training: '用于学习的行',
  test: (rows) => `从未见过的 ${rows} 行`,
  tableHeading: ['表', '单元格', '最低', '最高', '重要性'],
  wrote: (file) => `已写入：${file}`,
  modelName: '加性模型',
  notAnEdition: (problem) =>
    problem.kind === 'factor-out-of-range'
      ? `表 ${problem.factor} 在 ${problem.cell} 处的系数为 ${problem.value}，版本不接受；请剔除造成它的行，或合并其水平。未写入版本。`
      : `基础费率会是 ${problem.annualMinor} 分；请用 --per-response 指定每单位响应的金额（分）。`,
  limits: '局限',
  limit: (limit) => {
    switch (limit.kind) {
      case 'rows-not-policies':
        return '留出按行进行；若同一保单的行分在几折里，留出的数字会偏好。'
      case 'thin-cells':
        return `${limit.of} 个单元格中有 ${limit.cells} 个风险暴露不足 ${limit.exposureBelow}，主要依靠相邻单元格。`
      case 'outside-seen':
        return `${limit.factor} 的取值范围为 ${limit.min} 至 ${limit.max}；超出范围时取首段或末段。`
    }
  },
  fairness: (note) =>
    note.kind === 'association'
      ? '各表说明的是这些数据中的关联，而不是出险的原因。'
      : `未检验：${note.factors.join('、')} 是否替代了不得用于定价的特征。`,
}
