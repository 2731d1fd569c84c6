// `merit portfolio` 的终端文字（简体中文）。

import type { PortfolioMessages } from './portfolio.en.ts'

export const portfolioZhCn: PortfolioMessages = {
  usage:
    'merit portfolio 文件夹 [--policies 10000] [--seed 1] [--threshold 3.1] [--nudge-effect 0.21] [--take-up 0.7]：写出一个带赔案和真值的模拟业务组合；merit portfolio insure [--policies 200] [--seed 1] 把同样的保单放入业务库',
  writing: (file) => `正在写入 ${file} …`,
  written: (folder, policies, claims) => `${policies} 份保单、${claims} 件赔案已写入 ${folder}。`,
  next: (folder) =>
    [
      '模拟所用的真值在 truth.json 中。重新求出它：',
      `  merit fit ${folder}/frequency.json --data ${folder}/policies.csv`,
      `  merit fit ${folder}/severity.json --data ${folder}/claims.csv`,
    ].join('\n'),
  insuring: (done, all) => `${done}/${all} 份保单 …`,
  insured: (policies, trips) =>
    `${policies} 份模拟保单、${trips} 段行程已进入业务库；可用 "merit dislocation … --claims expected-claims.csv" 对其重放草案。`,
  errors: {
    alreadyInsured: (id) => `业务库中已有模拟保单（${id}）；另建请用新的数据文件夹。`,
    number: (from, to) => `${from} 到 ${to} 之间的数`,
    notEmpty: (folder) => `${folder} 不为空；请指定新文件夹，以免覆盖。`,
  },
}
