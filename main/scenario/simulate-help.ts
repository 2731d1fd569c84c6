// What `npm run simulate -- --help` prints: the two forms of the command, the scenarios, and every fault out of the one list.

import { faults } from '../../devices/faults/fault-list.ts'
import { shippedScenarios } from '../../devices/scenario/shipped-scenarios.ts'
import { scenarioMessages } from './simulate-words.ts'

export function simulateHelp(language: 'en' | 'zh-CN'): string {
  const { help } = scenarioMessages(language)
  const scenarios = shippedScenarios().map(({ name, title }) => `  ${name.padEnd(28)}${title[language]}`)
  const list = faults.map(({ name, does, intensity }) => {
    const { of, min, max, usual, unit } = intensity
    const range = `${min} … ${max}${unit === 's' ? ' s' : ''} ${of[language]}, ${help.usual(usual)}`
    return `  ${name.padEnd(18)}${does[language]}\n${' '.repeat(20)}${range}`
  })
  return [...help.usage, '', help.scenarios, ...scenarios, '', help.faults, ...list].join('\n')
}
