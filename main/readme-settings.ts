// The README's table of settings, made from the configuration's own table so that the two cannot differ.

import { variables } from './configuration.ts'

const start = /(<!-- settings:[^>]*-->\n)[\s\S]*?(<!-- \/settings -->)/

export function settingsTable(): string {
  const rows = Object.values(variables).map(
    ({ name, fallback, expects, describes }) =>
      `| \`${name}\` | ${fallback === '' ? '' : `\`${fallback}\``} | ${describes} | ${expects} |`,
  )
  return ['| variable | default | what it is for | form |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

export function withSettingsTable(readme: string): string {
  return readme.replace(start, (_, opening: string, closing: string) => `${opening}\n${settingsTable()}\n\n${closing}`)
}
