// `npm run studio` 的终端文字（简体中文）。

import type { StudioMessages } from './studio.en.ts'

export const studioZhCn: StudioMessages = {
  title: 'Merit 工作室',
  buildingPalette: '正在构建节点 …',
  starting: '正在启动 Node-RED …',
  running: (url) => `工作室地址：${url}。按 Ctrl-C 停止。`,
  signIn: '请用测试员账户登录；若启用了验证器应用，在密码后加空格再输入验证码。',
  demoAccount: (email, password) => `本演示的账户：${email}，密码：${password}`,
  portMoved: (from, to) => `端口 ${from} 已被占用，改用 ${to}（可用 MERIT_STUDIO_PORT 指定）。`,
  refused: {
    wrong: '有人登录被拒：邮箱、密码或验证码错误。',
    'not-a-tester': '有人登录被拒：只有测试员账户可以打开工作室。',
    away: '有人登录被拒：Merit 没有响应。',
  },
  stopped: '已停止。',
  errors: {
    notRunning: (url) => `${url} 上的 Merit 没有响应。请先在另一个终端运行 "npm start"。`,
    noAccount: '工作室代表保险公司工作，但目前还没有其账户：请用 "merit account add 邮箱 --role insurer" 创建。',
    ended: (reason) => `Node-RED 自行退出（${reason}）。`,
    portTaken: (port) => `端口 ${port} 已被占用；请将 MERIT_STUDIO_PORT 设为空闲端口。`,
  },
}
