// What the page that checks a statement says, in Simplified Chinese.

import type { verifyMessages as english } from './verify.en.ts'

export const verifyMessages: Readonly<Record<keyof typeof english, string>> = {
  title: '这份账单是真的吗？',
  lead: '输入账单上印的编号，选择账单的 PDF 文件，或把文件拖到这里。文件不会离开您的设备，只查询它的指纹。',
  code: '保费编号',
  'code.hint': '20 位字母和数字，印在账单的“自行核对”处。',
  check: '查验',
  file: '选择 PDF 文件',
  'file.insecure': '此浏览器只在 https 下计算指纹，请改用编号查验。',
  genuine: '真实',
  known: '编号存在',
  'known.code': 'Merit 计算过带此编号的保费，但没有出具账单的记录。请核对金额，或用文件查验。',
  checking: '正在查验……',
  unreadable: '无法读取该文件。',
  'genuine.code': 'Merit 出具过带此编号的账单。请核对金额是否与您看到的一致。',
  'genuine.file': '这正是 Merit 出具的文件，一个字节都没有改动。',
  amount: '每月',
  product: '保险',
  motor: '机动车',
  home: '家庭财产',
  computed: '计算时间',
  standing: '目前',
  current: '即该保单现在的保费',
  former: '该保单现在的保费已不同',
  unknown: '查无记录',
  'unknown.code': '这里没有出具过带此编号的账单。请检查是否输错，或询问提供者。',
  'unknown.file': '此文件不是这里出具的，或在出具后被改动。重新打印成 PDF 也会改变文件，此时请用编号查验。',
  'too-large': '文件过大，不可能是账单。',
}
