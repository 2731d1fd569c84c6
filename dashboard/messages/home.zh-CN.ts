// What Merit says in Simplified Chinese about one day at home: what was noticed, when, for how long, and how it ended.

import type { homeMessages as english } from './home.en.ts'

export const homeMessages: { readonly [Key in keyof typeof english]: string } = {
  'home.state.hint': '提示，不计入保费',
  'home.found.title': '发现的情况',
  'home.found.hint': '提示，不计入保费',
  'home.found.reaction': '报警后 {duration} 得到控制',
  'home.found.completeness': '设备当天有 {share} 的时间在上报，其余时间不作任何计算。',
  'home.found.more': '显示全部 {count} 项',

  'home.span.when': '{from} 至 {to}',
  'home.span.when.before': '从前一天到 {to}',
  'home.span.leak-sensor': '漏水传感器遇水。',
  'home.span.leak-flow': '水一直在流，流量至少 {figure} 升/分钟。在您家连续 {limit} 分钟以内属于正常。',
  'home.span.leak-flow.much': '连续流出的水量超过您家以往任何一次用水，流量始终不低于 {figure} 升/分钟。',
  'home.span.freeze': '温度低至 {figure}；低于 {limit} 时水管有冻裂危险。',
  'home.span.freeze-trend': '温度下降很快：{figure} 小时后将降到 {limit}。',
  'home.span.smoke': '烟雾报警器鸣响。',
  'home.span.carbon-monoxide': '一氧化碳达到 {figure} ppm，上限为 {limit} ppm。',
  'home.span.open-unattended': '门窗开着或未上锁，且家中无人。',
  'home.span.damp': '湿度达到 {figure} %，上限为 {limit} %。',
  'home.span.mould': '冷墙面湿度约 {figure} %，持续数小时；达到 {limit} % 即可能发霉。请通风。',
  'home.span.power-unattended': '家中无人，用电功率却高达 {figure} W。炉灶是否忘了关？',

  'home.ended.cleared': '已自行结束或已处理。',
  'home.ended.valve-closed': '阀门已关闭。',
  'home.ended.flow-stopped': '水流已停止。',
  'home.ended.dry': '传感器已恢复干燥。',
  'home.ended.unseen': '设备停止上报，不知道如何结束；这段时间不作任何计算。',
  'home.ended.continues': '到当天最后一次上报时仍在持续。',
  'home.span.confidence': '把握 {share}',
}
