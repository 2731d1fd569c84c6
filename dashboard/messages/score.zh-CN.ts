// What Merit says in Simplified Chinese about a trip's score and its heat map.

export const scoreMessages = {
  'score.title': '驾驶评分',
  'score.caption': '{score} 分（满分 100）。{note}',
  'score.note.sure': '驾驶越平稳得分越高；单个事件最多只影响几分。',
  'score.note.unsure': '这次行程的数据很少，因此评分接近普通驾驶水平。',
  'score.part': '项目',
  'score.points': '得分（满分 100）',
  'score.figure': '依据',
  'score.smoothness': '平稳性',
  'score.speed': '车速选择',
  'score.cornering': '过弯',
  'score.timeOfDay': '时段',
  'score.distance': '里程',
  'score.unknown': '未知',
  'score.not-judged': '不计分',
  'score.unit.tolerable': '当时车速下可容忍加速度的 {figure} %',
  'score.unit.aboveLimit': '{figure} % 的时间超过限速',
  'score.unit.aboveFreeFlow': '高于平时车速 {figure} %；限速未知',
  'score.unit.night': '{figure} % 的行驶时间在夜间',
  'score.unit.distance': '{figure} 公里',
  'heat.title': '车速与加速度',
  'heat.caption':
    '行驶时间的分布：向右车速越高，向上加速越强，颜色越浓时间越长。其中 {gentle} % 较为平缓，加速度在 −1 至 1 m/s² 之间。',
  'heat.speed': '车速（km/h）',
  'heat.acceleration': '加速度（m/s²）',
  'heat.share': '占行驶时间',
} as const
