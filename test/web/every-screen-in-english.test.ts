// Every address of the web app in English, wide and light, narrow and dark.

import { testEveryScreen } from './every-screen.ts'

testEveryScreen('en', () => [
  { widthPx: 1280, colorScheme: 'light' },
  { widthPx: 390, colorScheme: 'dark' },
])
