// What a scenario that somebody ran from the page came to.

export const runReports = {
  id: '0025-run-reports',
  sql: 'ALTER TABLE runs ADD COLUMN report TEXT;',
} as const
