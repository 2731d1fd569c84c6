// Every address of the web app in Simplified Chinese, by turns wide and dark, narrow and light.

import { testEveryScreen } from './every-screen.ts'

testEveryScreen('zh-CN', (visit) => [
  visit % 2 === 0 ? { widthPx: 1280, colorScheme: 'dark' } : { widthPx: 390, colorScheme: 'light' },
])
