// 终端文字（简体中文）。

import type { TerminalMessages } from './en.ts'

export const zhCn: TerminalMessages = {
  language: 'zh-CN',
  portMoved: (variable, from, to) => `端口 ${from} 已被占用，改用 ${to}（可用 ${variable} 指定）。`,
  unknownVariable: (name) => `${name} 不是 Merit 的设置项（见 README 中的表），已忽略。`,
  buildingWebApp: '正在构建网页应用……',
  makingDemoBook: '正在建立演示数据：账户、保单、设备……',
  startingEdge: '正在启动 edge（MQTT、数据接入）……',
  startingOffice: '正在启动 office（定价、网页）……',
  startingDevices: '正在回放真实行车记录并启动模拟车队……',
  running: 'Merit 正在运行。按 Ctrl-C 停止，数据不会丢失。',
  stopping: '正在停止：设备、edge、office……',
  stopped: '已停止。',
  dashboard: '网页',
  mqtt: 'MQTT',
  overWebSocket: (url) => `WebSocket ${url}`,
  edge: 'Edge',
  dataFolder: '数据文件夹',
  signInAs: '登录身份',
  email: '邮箱',
  password: '密码',
  roles: { insurer: '保险公司', policyholder: '投保人', maker: '设备厂商', tester: '测试人员' },
  counts: (messages, readings, trips, premiums) => `消息 ${messages} · 已存读数 ${readings} · 行程 ${trips} · 保费 ${premiums}`,
  demoOnNetwork: (host) => `演示正在 ${host} 上监听，不限于本机：能访问它的人都可以尝试登录。设置 MERIT_DEMO=0 可不带演示启动。`,
  fleetRunning: (devices) => `${devices} 台模拟设备正在发送数据。按 Ctrl-C 停止。`,
  fleetCounts: (online, published, acknowledged, refused) =>
    `在线 ${online} · 已发送 ${published} · 已确认 ${acknowledged} · 被拒 ${refused}`,
  deviceAdded: (id, secret) => `设备 ${id} 已登记。\n密钥仅显示这一次：\n  ${secret}`,
  insurerAdded: (id) =>
    `保险公司 ${id} 已建立，并有自己的费率方案。可用 "merit account add 邮箱 --role insurer --insurer ${id}" 建立账户。`,
  auditFits: (rows, head) => `全部 ${rows} 条记录相符。请记下此值，下次用 --head 给出，即可发现被删去的记录：\n  ${head}`,
  policyAdded: (id) => `保单 ${id} 已生效。`,
  accountAdded: (email, password) => `账户 ${email} 已建立。\n初始密码仅显示这一次：\n  ${password}`,
  secondFactorReset: (email) => `${email} 现在仅凭密码即可登录，且已在各处退出。请提醒其重新设置第二重验证。`,
  replaying: (file, device, from, to) => `${file} 作为 ${device}，时间定为 ${from} – ${to}`,
  replayed: (accepted, duplicate, rejected) => `接受 ${accepted} 条，已存在 ${duplicate} 条，拒绝 ${rejected} 条`,
  noTrips: (device) => `${device} 还没有行程。`,
  noPremium: (policy) => `${policy} 还没有保费。`,
  noNotice: (policy) => `${policy} 的保费还没有达到 10 % 的变动。`,
  written: (file) => `已写入 ${file}。`,
  tripsHeading: ['开始', '结束', '公里', '急刹', '急加速', '急转弯', '状态'],
  perMonth: '每月',
  classPrice: '同类基准价',
  ownPrice: '个人价格',
  nudgeReport: {
    experiment: (id: string, share: string) => `实验 ${id}：${share} 的保单作为对照组，不收到消息。`,
    people: (assigned: number, counted: number, messages: number) =>
      `共 ${assigned} 份保单参与，其中 ${counted} 份前后行驶里程足够；已发送 ${messages} 条消息。`,
    tooFew: (nudged: number, heldOut: number) =>
      `样本太少，无法得出结论：激励组 ${nudged} 份，对照组 ${heldOut} 份；每组至少需要 30 份。`,
    heading: ['每千公里急驾驶事件', '保单', '实测', '按历史调整'],
    nudged: '激励组',
    heldOut: '对照组',
    difference: (difference: string, low: string, high: string) =>
      `差异（按分组计，不论是否阅读）：${difference}，95 % 区间 ${low} 至 ${high}。`,
    explained: (share: string) => `过往行为解释了方差的 ${share}。`,
    verdict: {
      helps: '激励有效。',
      harms: '激励有害。',
      'not-shown': '未显示有益或有害。',
    },
    stopped: (time: string) => `该组因有害已于 ${time} 停止，不再发送消息。`,
  },
  help: `用法：npm run -s merit -- 命令 [选项]

  insurer add ID 名称 | list                         一套系统可供多家保险公司使用，彼此完全隔离
  audit verify [--insurer ID] [--head 序号:哈希]     核对审计记录是否保持原样
  device add ID --kind vehicle|home [--label 文字]   登记设备；密钥只显示一次
  device list                                        设备列表及是否已吊销
  policy add --product motor|home --device ID        为设备投保（家财险可多次使用 --device）
      [--id ID] [--holder 姓名] [--time-zone 时区] [--facts JSON]
  policy list                                        保单及当前保费
  account add EMAIL --role insurer|policyholder|maker|tester [--name 姓名] [--policy ID]
                                                     建立登录账户；密码只显示一次
  account reset-second-factor EMAIL                  供丢失手机和恢复码的人使用：撤除验证码与通行密钥，
                                                     在各处退出登录，并记入审计
  edition list [--plan 方案] | show 版本 | check 版本 | diff 版本 [另一版本]
                                                     费率版本；可用编号或哈希指定
  edition draft (--from 版本 [--title 标题] | 文件.json) --as 邮箱
  edition replace 版本 文件.json | rate-test-cases 版本 | discard 版本   --as 邮箱
                                                     新建、修改草稿
  edition submit|approve|withdraw 版本 --as 邮箱 [--comment 备注] [--hash 哈希]
  edition schedule 版本 [--at 时间] --as 邮箱        四眼原则：编写或提交者不能审批
  edition export 版本 --out 文件夹|文件.zip | --table 表
  edition import 版本 文件.csv [--table 表] [--take 哈希 --as 邮箱]
                                                     以 CSV 导出、导入各表；先显示差异
  edition shadow 版本 [--off yes] --as 邮箱 | --plan 方案
                                                     与生效版本同时定价，并报告差异
  replay 文件 --device ID [--speed 60] [--start recent|original|时间]
                                                     以该设备的身份通过 MQTT 回放记录（CSV 或 GPX）
  readings ID [--from 时间] [--to 时间] [--format csv|json]
                                                     设备已存的读数
  trips ID                                           设备的行程
  premium 保单                                       当前保费的计算表
  verify 对账单.pdf|保费|保单                        从已保存的读数开始重新计算保费，核对到分
  nudge-report [--insurer ID]                        激励效果与对照组的比较
  notice 保单 [--out 文件.pdf] [--locale en|zh-CN]   保费变动达到 10 % 的原因，精确到分
  dislocation 版本|文件.json [--seed N] [--claims 文件.csv] [--target-loss-ratio 0.65]
      [--night HH:MM-HH:MM] [--speeding-tolerance KPH] [--html 文件.html]
                                                     草案对每份保费的影响
  filing 版本 --out pack.zip [--locale en|zh-CN]     版本的全部报备文件：手册、费率表、影响报告等
  fit 模型.json --data 文件.csv[.gz] [--relativities 文件.csv] [--factors 文件.json] [--powers 1.3,1.5,1.7]
                                                     拟合广义线性模型，得出相对系数和分类因子
  additive FILE.csv[.gz] --response 列 --exposure 列 --factors A,B,C [--up 列] [--pairs 20]
      [--edition FILE.json] [--card FILE.json] [--pictures 文件夹]
                                                     拟合单因子与因子对的表，写成版本和诊断图
  portfolio 文件夹 [--policies 10000] [--seed 1]     模拟业务组合，带赔案与真值，供拟合
  credibility --plan 计划 [--period-days 28] [--method unbiased|iterative]
                                                     各行为的 K：现用值与由行程估计的值
  help                                               本页

新建的内容归 --insurer 指定的保险公司所有，未指定时归第一家 merit。
加 --json 输出机器可读格式。时间为 ISO 8601 或毫秒时间戳。
设置来自 MERIT_… 环境变量，见 README 中的表。`,
  errors: {
    unknownCommand: (command) => `没有命令 "${command}"；"merit help" 列出全部命令。`,
    missing: (what, usage) => `缺少 ${what}。用法：${usage}`,
    badOption: (option, found, expected) => `--${option} 的值为 ${JSON.stringify(found)}；应为 ${expected}。`,
    unknownDevice: (id) => `没有设备 "${id}"；可用 "merit device add ${id} --kind vehicle" 登记。`,
    unknownEdition: (reference) => `没有费率版本 "${reference}"；可用其编号、哈希、哈希的开头或方案名称指定。`,
    unfitEdition: (reference, problems) => `${reference} 目前不能报备：${problems}。`,
    notWritten: (file, reason) => `无法写入 ${file}：${reason}。`,
    unknownPolicy: (id) => `没有保单 "${id}"；"merit policy list" 列出全部保单。`,
    unknownInsurer: (id) => `没有保险公司 "${id}"；"merit insurer list" 列出全部。`,
    insurerExists: (id) => `已有保险公司 "${id}"。`,
    badInsurerId: (id) => `"${id}" 不能作为保险公司编号：2 到 32 个小写字母、数字或连字符，以字母开头。`,
    badInsurerName: '保险公司名称应为 1 到 80 个字符。',
    auditBroken: (id, time, how) => `审计记录从 ${time} 的 ${id} 起不相符（${how}）。`,
    auditShortened: (rows) => `全部 ${rows} 条记录彼此相符，但与所记的值不符：有记录被删去或重写。`,
    deviceExists: (id) => `设备 "${id}" 已经登记。`,
    badDeviceId: (id) => `"${id}" 不能作为设备编号：1 到 64 个字母、数字、点、下划线或连字符，以字母或数字开头。`,
    notInsurable: (reason) => `保单未添加：${reason}。`,
    badEmail: (email) => `"${email}" 不是有效的邮箱地址。`,
    insure: {
      badTimeZone: (zone) => `"${zone}" 不是 IANA 时区（例如 Asia/Shanghai）`,
      badFacts: (problem) => `投保信息不符合要求（${problem}）`,
      noDevice: '保单需要至少一台设备',
      exists: (id) => `已有保单 "${id}"`,
      unknownHolder: (id) => `没有投保人 "${id}"`,
      noEdition: (product) => `${product} 没有生效的费率版本`,
      wrongKind: (device, found, expected) => `${device} 是 ${found}，而该产品承保 ${expected}`,
      alreadyInsured: (device, policy) => `${device} 已由 ${policy} 承保`,
    },
    unknownAccount: (email) => `没有 ${email} 的账户。`,
    noSecondFactor: (email) => `${email} 没有第二重验证：仅凭密码即可登录。`,
    accountExists: (email) => `${email} 已有账户。`,
    edgeAway: (address) => `${address} 上没有 MQTT 响应。请用 "npm start" 启动 Merit，或设置 MERIT_MQTT_PORT。`,
    fileMissing: (file) => `没有文件 ${file}。`,
    wrongKind: (file, found, device, kind) => `${file} 是 ${found} 的记录，而 ${device} 是 ${kind}。`,
    dataFolder: (folder, reason) => `数据文件夹 ${folder} 无法使用（${reason}）。请将 MERIT_DATA_DIR 设为可写的文件夹。`,
    alreadyRunning: (pid) => `此数据文件夹上已有 Merit 在运行（进程 ${pid}）。请先停止它，或用 MERIT_DATA_DIR 指定其他文件夹。`,
  },
}
