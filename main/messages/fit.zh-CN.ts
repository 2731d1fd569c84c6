// What `merit fit` and `merit credibility` say, in Simplified Chinese.

import type { FitMessages } from './fit.en.ts'

export const fitZhCn: FitMessages = {
  usage:
    'merit fit 模型.json --data 文件.csv[.gz] [--relativities 文件.csv] [--factors 文件.json] [--powers 1.3,1.5,1.7] [--threads N]',
  credibilityUsage: 'merit credibility --plan 计划 [--period-days 28] [--method unbiased|iterative]',
  noFile: (file) => `无法读取 ${file}。`,
  notJson: (file, reason) => `${file} 不是 JSON：${reason}。`,
  badModel: (file, problems) => `${file} 不是有效的模型：${problems}。`,
  model: (problem) => {
    const place = problem.place === '' ? '文档' : problem.place
    switch (problem.kind) {
      case 'missing':
        return `${place} 缺少 "${problem.name}"`
      case 'unknown-name':
        return `${place} 中的 "${problem.name}" 没有意义；请检查拼写或删除`
      case 'not-one-of':
        return `${place} 必须是 ${problem.allowed.join('、')}`
      case 'wrong-type':
        return `${place} 的类型必须是 ${problem.expected}`
      case 'out-of-range':
        return `${place} 超出允许范围（${problem.rule}）`
      case 'duplicate-id':
        return `${place} 重复使用了 "${problem.id}"；请另取 id`
      case 'open-band':
        return `${place}：除最后一段外每段都要有 "below"，最后一段不得有`
      case 'not-rising':
        return `${place}：数值必须递增，节点必须位于边界之内`
      case 'unknown-term':
        return `${place} 必须是前面某项的 id；没有名为 "${problem.id}" 的项`
    }
  },
  reading: (file) => `正在读取 ${file} …`,
  fitting: (model, rows) => `正在用 ${rows} 行数据拟合 ${model} …`,
  testing: (terms) => `正在检验 ${terms} 个项 …`,
  profiling: (powers) => `正在计算幂参数 ${powers} 的轮廓似然 …`,
  table: (problem) => {
    switch (problem.kind) {
      case 'empty':
        return '文件为空；第一行必须是列名'
      case 'no-header-name':
        return `第一行的第 ${problem.position} 列没有名称；请命名或删除该列`
      case 'duplicate-column':
        return `有两列都名为 ${problem.column}；请改名`
      case 'no-column':
        return `没有列 ${problem.column}；文件中有 ${problem.columns.join('、')}`
      case 'cells':
        return `第 ${problem.line} 行有 ${problem.found} 个单元格，而第一行有 ${problem.expected} 个；如果数字用逗号作小数点，请改用点号`
      case 'open-quote':
        return `第 ${problem.line} 行的引号没有闭合；请补上右引号`
      case 'decimal-comma':
        return `第 ${problem.line} 行、列 ${problem.column}："${problem.text}" 用逗号作小数点；请写成 ${problem.text.trim().replace(',', '.')}`
      case 'not-a-number':
        return `第 ${problem.line} 行、列 ${problem.column}："${problem.text}" 不是数字；请更正，或改用分类项`
      case 'too-many-levels':
        return `列 ${problem.column} 的不同文本超过 ${problem.max} 种；请先归组`
      case 'no-rows':
        return '第一行之下没有数据'
    }
  },
  data: (problem) => {
    switch (problem.kind) {
      case 'no-column':
        return `没有列 ${problem.column}；现有 ${problem.columns.join('、')}`
      case 'wrong-kind':
        return problem.expected === 'numeric'
          ? `列 ${problem.column} 在此必须是数字；请改用分类项`
          : `列 ${problem.column} 是数字；请改用分段项或数值项`
      case 'link-not-for-family':
        return `${problem.link} 联结函数不适用于 ${problem.family}；请省略 link`
      case 'no-rows':
        return '没有剩下可拟合的行；请检查模型中的 "keep"'
      case 'not-finite':
        return `第 ${problem.row} 行数据、列 ${problem.column}：数字缺失或不是有限值；请补全或去掉该行`
      case 'negative-weight':
        return `第 ${problem.row} 行数据、列 ${problem.column}：权重为 ${problem.value}；权重不得为负`
      case 'exposure-not-positive':
        return `第 ${problem.row} 行数据、列 ${problem.column}：风险暴露为 ${problem.value}；必须大于 0，否则请去掉该行`
      case 'impossible-response':
        return `第 ${problem.row} 行数据、列 ${problem.column}：${problem.family} 不可能取响应值 ${problem.value}；请更正，或改用其他分布族`
      case 'constant-response':
        return `列 ${problem.column} 每一行都是 ${problem.value}：没有可解释的内容`
      case 'unknown-reference':
        return `项 ${problem.term} 没有水平 "${problem.reference}"；现有 ${problem.levels.join('、')}`
      case 'unknown-selected':
        return `项 ${problem.term} 为 "${problem.level}" 选定了系数，但它的水平是 ${problem.levels.join('、')}`
      case 'one-level':
        return `项 ${problem.term} 只有一个水平 "${problem.level}"；请去掉该项`
      case 'log-of-non-positive':
        return `第 ${problem.row} 行数据、项 ${problem.term}：${problem.value} 没有对数；请设大于 0 的下限，或去掉该行`
      case 'too-few-rows':
        return `${problem.rows} 行数据不足以估计 ${problem.parameters} 个参数和离散参数；请减少项或增加数据`
      case 'too-many-parameters':
        return `模型有 ${problem.found} 个参数，超过 ${problem.max}；请合并水平`
    }
  },
  separated: (places) =>
    `以下各处没有有限的估计值：${places
      .map(({ term, level, response }) => {
        const place = level === undefined ? term : `${term} = ${level}`
        const why = { none: '其中没有赔案', all: '每一行都有赔案', unbounded: '与其他项一起完全预知了结果' }
        return `${place}（${why[response]}）`
      })
      .join('、')}。请与相邻水平合并，或去掉该项。未得出拟合结果。`,
  notConverged: (iterations) => `迭代 ${iterations} 次仍未收敛；没有写出任何结果。请检查赔案极少的水平和含义重复的项。`,
  badTable: (file, problem) => `${file} 无法拟合：${problem}。`,
  summary: (name, family, link, rows, parameters) => `${name}：${family}，${link} 联结，${rows} 行，${parameters} 个参数`,
  measures: (deviance, phi, freedom, aic, iterations, seconds) =>
    `偏差 ${deviance} · 离散参数 ${phi} · 自由度 ${freedom} · AIC ${aic} · 迭代 ${iterations} 次 · ${seconds} 秒`,
  aliased: (names) => `由前面的项完全决定（别名）：${names}`,
  numberHeading: ['数值项', '估计值', '标准误', 'p'],
  testHeading: ['项', '自由度', '似然比', 'p', 'Wald', 'p'],
  relativityHeading: ['项', '水平', '风险暴露', '信度', '观察值', '拟合值', '指示系数', '95 %', '修匀后', '选定系数'],
  reference: '基准',
  base: (indicated, offBalance, selected) =>
    `基础费率 ${indicated} × 平衡系数 ${offBalance} = ${selected}；之后选定系数的总收入与拟合一致（1.000）。`,
  wrote: (what, file) => (what === 'relativities' ? `相对系数已写入 ${file}。` : `费率版本的分类因子已写入 ${file}。`),
  notExported: ({ term, reason }) => {
    const why = { ratio: '它是两列之比', 'with-number': '它是与数值的交互项', 'out-of-range': '有因子为 0 或超出费率版本的上限' }
    return `${term} 未列入分类因子：${why[reason]}。`
  },
  noRelativities: 'logit 模型没有相对系数；没有写出任何结果。',
  powerHeading: ['幂参数', '离散参数', '对数似然'],
  bestPower: (power, interval) => `似然在幂参数 ${power} 处最大${interval}。`,
  powerAtEnd: '（位于所试范围的端点，请再试更远的值）',
  powerInterval: (from, to) => `，95 % 区间 ${from} 至 ${to}`,
  noEdition: (plan) => `计划 "${plan}" 没有生效的费率版本。`,
  notMotor: (plan) => `"${plan}" 是家财险计划：K 由行程估计，只有车险保单才有行程。`,
  kHeading: ['行为', '保单数', '均值', '离散', '现用 K（公里）', '估计 K（公里）', ''],
  kNote: (outcome, areFew) => {
    switch (outcome.kind) {
      case 'estimated':
        if (outcome.structure.between === 0) return '驾驶人之间的差异不超过偶然'
        return areFew ? `仅 ${outcome.risks.length} 份保单：尚不足为凭` : ''
      case 'bad-experience':
        return `保单 ${outcome.id} 的经验数据不是数字`
      case 'too-few-risks':
        return `${outcome.found} 份保单：至少需要两份`
      case 'too-few-periods':
        return '还没有保单经历两个期间'
      case 'not-converged':
        return '迭代未收敛；请试用 --method unbiased'
    }
  },
}
