// 草案对整个保单组合的影响，简体中文。

import type { DislocationTexts } from './dislocation.en.ts'

export const dislocationZhCn: DislocationTexts = {
  title: '保费变动',
  histogramCaption: '按年保费变动幅度（每档 5%）统计的保单数，含草案限制与不含限制。',
  segmentsCaption: '各细分群体年保费的平均变动。',
  bandsCaption: '按变动幅度统计的保单数与年保费。',
  policies: '保单数',
  change: '保费变动',
  before: '现行保费',
  after: '草案保费',
  withLimits: '含草案限制',
  withoutLimits: '不含限制',
  meanChange: '平均变动',
  segment: '细分',
  level: '分组',
  unchanged: '不变',
  lessThan: (edge) => `低于 ${edge}`,
  moreThan: (edge) => `高于 ${edge}`,
  between: (from, to) => `${from} 至 ${to}`,
  segments: {
    age: '驾驶人年龄',
    'data-quality': '数据可信度',
    'device-class': '设备',
    'live-share': '传感器在线天数占比',
    mileage: '年行驶公里数',
    'night-share': '夜间行驶占比',
    'sum-insured': '保险金额',
    'input:region': '地区',
    'input:building': '建筑类型',
  },
  levels: {
    'no-data': '无测量数据',
    accelerometer: '加速度计',
    'speed-only': '仅速度',
    country: '乡村',
    town: '城镇',
    city: '城市',
  },
}
