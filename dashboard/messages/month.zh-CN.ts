// 保单持有人首页的中文文字：本月预估、最近一次行程、需要处理的设备。

import type { monthMessages as english } from './month.en.ts'

export const monthMessages: Readonly<Record<keyof typeof english, string>> = {
  'month.period': '每月，{month}预估',
  'month.about': '约',
  'month.range': '在 {low} 与 {high} 之间：如果{month}余下的日子与您最近 {weeks} 周相仿，五次中有四次会落在这个范围内。',
  'month.certain': '如果{month}余下的日子与您最近 {weeks} 周相仿，就是这个金额，几乎不会有出入。',
  'month.last-day': '今天是{month}的最后一天，这就是最终金额。',
  'month.now': '截至今天为 {amount}，还剩 {days} 天。',
  'month.early': '目前的金额。全月预估需要 {min} 周您自己的数据，现在有 {weeks} 周。同类价格为 {class}。',
  'month.settled': '在保险期间结束前，无论测得什么，此价格都不变。',
  'month.picture': '预估范围从 {low} 到 {high}，截至今天 {now}，同类价格 {class}',
  'month.mark.class': '同类',
  'month.promise': '您的数据只用于计算您的保费，绝不出售。',
  'month.promise.link': '收集了什么，谁看过',
  'steps.open': '查看依据：{step}',

  'said.question': '这次是您开的车吗？',
  'said.driver': '是，我开的',
  'said.passenger': '我是乘客',
  'said.not-my-car': '不是我的车',
  'said.driver.done': '已确认：您本人驾驶。',
  'said.passenger.done': '您当时是乘客。保险公司会审核；接受后，这次行程不计入您的保费。',
  'said.not-my-car.done': '不是您的车。保险公司会审核；接受后，这次行程不计入您的保费。',
  'said.undo': '撤销',
  'said.undone': '已撤销。',
  'said.settled': '保险公司已就这次行程作出决定，见下方的说明。',
  'trips.all': '全部行程',

  'goal.picture': '本周额度随行为的余额',
  'goal.picture.when': '时点',
  'goal.picture.done': '已发生',
  'goal.picture.left': '余额',
  'goal.picture.now': '目前',
  'goal.picture.allowed': '达成目标',
  'goal.picture.spent': '额度用完',

  'device.advice.never': '尚未收到任何数据。请接通电源，或在有网络的地方开机；一分钟内这里会显示第一条数据。',
  'device.advice.silent': '自 {time} 起没有收到数据。请检查电源和网络。未能发送的部分不会对您有任何影响。',
  'device.advice.battery': '电量只剩 {share}。请尽快更换电池：没有数据的日子不会带来优惠。',
  'device.advice.refused': '有些消息无法读取，它们不计入任何结果；设备厂商能看到原因。',
  'device.well': '一切正常。',
}
