// Every fault that a simulated device can have: its name, what it does, what its intensity means and what is expected to become
// of it. The one list: help texts, the scenario's schema and the tester's page take it from here. What a fault does is done in
// the files beside this one.

import type { DeviceKind } from '../contract/signals.ts'

/** What a person reads, in both languages. */
export interface Words {
  readonly en: string
  readonly 'zh-CN': string
}

export type FaultFamily = 'connection' | 'content' | 'fraud'

export interface Fault {
  readonly name: string
  /** Where it strikes: the device's connection, what it says, or the person who means to deceive. */
  readonly family: FaultFamily
  /** The kinds of devices that can have it. */
  readonly kinds: readonly DeviceKind[]
  readonly title: Words
  readonly does: Words
  /** What a number means, and the numbers allowed. */
  readonly intensity: {
    readonly unit: 'share' | 's'
    readonly of: Words
    readonly min: number
    readonly max: number
    /** What a page or a command offers when nobody says otherwise. */
    readonly usual: number
  }
  /** What Merit is expected to make of it. */
  readonly expected: Words
}

const both: readonly DeviceKind[] = ['vehicle', 'home']
const vehicles: readonly DeviceKind[] = ['vehicle']
const homes: readonly DeviceKind[] = ['home']

function share(en: string, zh: string, usual: number, max = 1): Fault['intensity'] {
  return { unit: 'share', of: { en, 'zh-CN': zh }, min: 0, max, usual }
}

const storedOnce: Words = { en: 'Every reading is stored, once.', 'zh-CN': '每条读数都存储，且只存一次。' }

export const faults = [
  {
    name: 'backfill',
    family: 'connection',
    kinds: both,
    title: { en: 'Offline, then all at once', 'zh-CN': '离线后补传' },
    does: {
      en: 'The device loses its connection, goes on measuring, and sends what it kept in one burst, after its newer readings.',
      'zh-CN': '设备断线后继续测量，恢复连接时在较新读数之后一次性补传。',
    },
    intensity: share('of the batches are kept back', '被延后发送的批次占比', 0.1),
    expected: storedOnce,
  },
  {
    name: 'duplicates',
    family: 'connection',
    kinds: both,
    title: { en: 'Sent twice', 'zh-CN': '重复发送' },
    does: { en: 'A batch is published again although it was acknowledged.', 'zh-CN': '批次已被确认，仍再次发布。' },
    intensity: share('of the batches are sent again', '被再次发送的批次占比', 0.05),
    expected: {
      en: 'The second copy is acknowledged, named a duplicate and not stored.',
      'zh-CN': '第二份会被确认并标为重复，不再存储。',
    },
  },
  {
    name: 'reordering',
    family: 'connection',
    kinds: both,
    title: { en: 'Out of order', 'zh-CN': '乱序' },
    does: {
      en: 'Readings within a batch are shuffled, and the batch changes places with the next.',
      'zh-CN': '批次内读数被打乱，并与下一批次互换位置。',
    },
    intensity: share('of the batches are out of order', '乱序批次占比', 0.1),
    expected: storedOnce,
  },
  {
    name: 'will-storm',
    family: 'connection',
    kinds: both,
    title: { en: 'Will storm', 'zh-CN': '遗嘱风暴' },
    does: {
      en: 'The socket is cut without a DISCONNECT, so that the broker publishes the Last Will, again and again.',
      'zh-CN': '未发送 DISCONNECT 就切断套接字，代理反复发布遗嘱消息。',
    },
    intensity: share('of the batches are followed by a cut', '其后发生断线的批次占比', 0.05, 0.5),
    expected: storedOnce,
  },
  {
    name: 'reconnect-storm',
    family: 'connection',
    kinds: both,
    title: { en: 'Reconnect storm', 'zh-CN': '重连风暴' },
    does: {
      en: 'The device signs off and on three times in a row, at once and without waiting, as every other device with this fault does.',
      'zh-CN': '设备连续三次立即断开并重连，与同有此故障的设备同时发生。',
    },
    intensity: share('of the batches are followed by one', '其后发生重连的批次占比', 0.02, 0.2),
    expected: storedOnce,
  },
  {
    name: 'wrong-password',
    family: 'connection',
    kinds: both,
    title: { en: 'Wrong password', 'zh-CN': '密码错误' },
    does: {
      en: 'The device loses its connection and tries a wrong secret first, then its own; at most three times.',
      'zh-CN': '设备断线后先用错误的密钥登录，再用正确的；最多三次。',
    },
    intensity: share('of the batches are followed by an attempt', '其后发生尝试的批次占比', 0.02, 0.2),
    expected: {
      en: 'The attempt is refused; the device that follows with its own secret is let in and loses nothing.',
      'zh-CN': '错误尝试被拒绝；随后用正确密钥登录的设备可进入，数据不丢失。',
    },
  },
  {
    name: 'clock-skew',
    family: 'content',
    kinds: both,
    title: { en: 'Clock skew', 'zh-CN': '时钟偏差' },
    does: { en: 'The device’s clock is off, all the time and by the same amount.', 'zh-CN': '设备时钟始终存在固定偏差。' },
    intensity: {
      unit: 's',
      of: { en: 'seconds behind (ahead when negative)', 'zh-CN': '落后的秒数（负数为超前）' },
      min: -86_400,
      max: 86_400,
      usual: 90,
    },
    expected: {
      en: 'Every reading is stored at the time the device gave it; the receipt says that its clock is off.',
      'zh-CN': '读数按设备给出的时间存储；回执指出时钟有偏差。',
    },
  },
  {
    name: 'clock-jump',
    family: 'content',
    kinds: both,
    title: { en: 'Clock jump', 'zh-CN': '时钟跳变' },
    does: {
      en: 'For a while the clock says the year 2000, as one that was never set, or a time years ahead.',
      'zh-CN': '一段时间内时钟显示 2000 年（未校时），或数年之后。',
    },
    intensity: share('of the readings are taken in such a while', '处于跳变时段的读数占比', 0.02),
    expected: {
      en: 'Quarantined as time-implausible or time-in-future.',
      'zh-CN': '以 time-implausible 或 time-in-future 隔离。',
    },
  },
  {
    name: 'week-rollover',
    family: 'content',
    kinds: vehicles,
    title: { en: 'GPS week rollover', 'zh-CN': 'GPS 周翻转' },
    does: {
      en: 'The receiver counts weeks in ten bits and is 1,024 weeks behind for a while.',
      'zh-CN': '接收机以十位计数周数，一段时间内落后 1,024 周。',
    },
    intensity: share('of the readings', '受影响的读数占比', 0.02),
    expected: { en: 'Quarantined as time-implausible.', 'zh-CN': '以 time-implausible 隔离。' },
  },
  {
    name: 'gps-zero',
    family: 'content',
    kinds: vehicles,
    title: { en: 'GPS zeros', 'zh-CN': 'GPS 归零' },
    does: { en: 'The position is 0° north, 0° east for a while.', 'zh-CN': '一段时间内位置为北纬 0°、东经 0°。' },
    intensity: share('of the readings', '受影响的读数占比', 0.05),
    expected: { en: 'Stored; nothing is driven to the Gulf of Guinea and back.', 'zh-CN': '存储；不会算作驶往几内亚湾往返。' },
  },
  {
    name: 'gps-freeze',
    family: 'content',
    kinds: vehicles,
    title: { en: 'GPS freeze', 'zh-CN': 'GPS 冻结' },
    does: { en: 'The position stays where it was while the vehicle drives on.', 'zh-CN': '车辆行驶时位置停留不变。' },
    intensity: share('of the readings', '受影响的读数占比', 0.05),
    expected: { en: 'Stored; the distance follows the speed.', 'zh-CN': '存储；里程以速度为准。' },
  },
  {
    name: 'stuck-sensor',
    family: 'content',
    kinds: both,
    title: { en: 'Stuck sensor', 'zh-CN': '传感器卡死' },
    does: {
      en: 'Accelerations of a vehicle, or temperature and humidity of a home, repeat the same value for a while.',
      'zh-CN': '车辆的加速度或住宅的温湿度在一段时间内重复同一数值。',
    },
    intensity: share('of the readings', '受影响的读数占比', 0.05),
    expected: {
      en: 'Stored; what is counted while it was stuck may be wrong, and is said.',
      'zh-CN': '存储；卡死期间的计数可能有误，会予以说明。',
    },
  },
  {
    name: 'unit-mix-up',
    family: 'content',
    kinds: both,
    title: { en: 'Wrong unit', 'zh-CN': '单位混用' },
    does: {
      en: 'For a while speed comes in miles an hour, or temperature in degrees Fahrenheit.',
      'zh-CN': '一段时间内速度以英里/小时、温度以华氏度发送。',
    },
    intensity: share('of the readings', '受影响的读数占比', 0.05),
    expected: {
      en: 'Stored, being plausible; contradictions with the odometer and the position lower the trust in the trip.',
      'zh-CN': '因数值合理而存储；与里程表和位置矛盾时降低行程可信度。',
    },
  },
  {
    name: 'malformed',
    family: 'content',
    kinds: both,
    title: { en: 'Malformed payloads', 'zh-CN': '载荷损坏' },
    does: {
      en: 'The payload is cut off in the middle, is no batch, is for another kind of device, or is not UTF-8; the device sends the batch again as it should be.',
      'zh-CN': '载荷被截断、不是批次、属于其他设备类型或不是 UTF-8；随后设备重新发送正确批次。',
    },
    intensity: share('of the batches', '受影响的批次占比', 0.05),
    expected: {
      en: 'Quarantined as not-json, not-a-batch or wrong-kind; the good copy is stored.',
      'zh-CN': '以 not-json、not-a-batch 或 wrong-kind 隔离；正确的一份被存储。',
    },
  },
  {
    name: 'oversized',
    family: 'content',
    kinds: both,
    title: { en: 'Oversized payloads', 'zh-CN': '载荷过大' },
    does: {
      en: 'A batch of more than 1,000 readings, or a packet of more than 256 KiB, precedes the good one.',
      'zh-CN': '在正常批次之前发送超过 1,000 条读数的批次，或超过 256 KiB 的报文。',
    },
    intensity: share('of the batches', '受影响的批次占比', 0.02, 0.2),
    expected: {
      en: 'The batch is quarantined as too-many-readings; the packet is never acknowledged and ends the connection.',
      'zh-CN': '批次以 too-many-readings 隔离；报文不被确认并导致断开连接。',
    },
  },
  {
    name: 'schema-change',
    family: 'content',
    kinds: both,
    title: { en: 'Firmware changes its schema', 'zh-CN': '固件更改模式' },
    does: {
      en: 'New firmware names an unknown schema, renames a signal or sends numbers as text; the old one comes back afterwards.',
      'zh-CN': '新固件使用未知模式、改名信号或以文本发送数字；之后恢复旧固件。',
    },
    intensity: share('of the batches', '受影响的批次占比', 0.02),
    expected: {
      en: 'Quarantined as unknown-schema, unknown-signal or wrong-type.',
      'zh-CN': '以 unknown-schema、unknown-signal 或 wrong-type 隔离。',
    },
  },
  {
    name: 'low-battery',
    family: 'content',
    kinds: homes,
    title: { en: 'Low battery', 'zh-CN': '电量不足' },
    does: {
      en: 'The battery says 4 % and the hub saves it: it leaves out readings.',
      'zh-CN': '电量降至 4%，网关为省电跳过部分读数。',
    },
    intensity: share('of the readings are left out', '被跳过的读数占比', 0.3, 0.95),
    expected: {
      en: 'What is sent is stored; what was never sent counts neither for nor against anyone.',
      'zh-CN': '发送的都存储；未发送的不作任何有利或不利计算。',
    },
  },
  {
    name: 'unplugged',
    family: 'fraud',
    kinds: both,
    title: { en: 'Unplugged', 'zh-CN': '拔掉设备' },
    does: {
      en: 'The dongle or hub is unplugged for whole hours: nothing is measured and nothing sent.',
      'zh-CN': '车载设备或网关被整小时拔掉：不测量也不发送。',
    },
    intensity: share('of the hours', '受影响的小时占比', 0.2, 0.95),
    expected: {
      en: 'What was driven meanwhile is missing from the premium, which differs from the true one.',
      'zh-CN': '期间的行驶不计入保费，保费因此与真实保费不同。',
    },
  },
  {
    name: 'gps-spoofing',
    family: 'fraud',
    kinds: vehicles,
    title: { en: 'GPS spoofing', 'zh-CN': 'GPS 欺骗' },
    does: {
      en: 'The position is told somewhere else, standing in a car park, while the vehicle drives.',
      'zh-CN': '车辆行驶时报告停在别处停车场的位置。',
    },
    intensity: share('of the hours', '受影响的小时占比', 0.2),
    expected: {
      en: 'Stored; the way by coordinates contradicts the speed, and the trip is trusted less.',
      'zh-CN': '存储；坐标路径与速度矛盾，行程可信度降低。',
    },
  },
  {
    name: 'two-phones',
    family: 'fraud',
    kinds: vehicles,
    title: { en: 'Two phones', 'zh-CN': '两部手机' },
    does: {
      en: 'A second device of the same policy reports the same trips, to look like more careful kilometres.',
      'zh-CN': '同一保单的第二台设备报告相同行程，以显得谨慎里程更多。',
    },
    intensity: share('of the hours are reported by both', '两台设备同时报告的小时占比', 0.5),
    expected: {
      en: 'Both devices’ readings are stored; the same trip twice shows in the premium’s difference.',
      'zh-CN': '两台设备的读数都存储；重复行程体现在保费差异中。',
    },
  },
  {
    name: 'replayed-trips',
    family: 'fraud',
    kinds: vehicles,
    title: { en: 'Replayed trips', 'zh-CN': '重放行程' },
    does: {
      en: 'Instead of the trip that is driven, the device sends an earlier, calm one with new times.',
      'zh-CN': '设备不发送实际行程，而是以新时间重发先前平稳的行程。',
    },
    intensity: share('of the trips', '受影响的行程占比', 0.5),
    expected: {
      en: 'Stored; the premium rests on what was replayed and differs from the true one.',
      'zh-CN': '存储；保费基于重放内容，与真实保费不同。',
    },
  },
] as const satisfies readonly Fault[]

export type FaultName = (typeof faults)[number]['name']
export const faultNames: readonly FaultName[] = faults.map(({ name }) => name)

export function faultNamed(name: FaultName): Fault {
  const found = faults.find((fault) => fault.name === name)
  if (found === undefined) throw new RangeError(`no fault ${name}`)
  return found
}

export function isFaultName(name: string): name is FaultName {
  return faultNames.some((known) => known === name)
}
