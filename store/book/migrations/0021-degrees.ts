// In which degrees a person reads temperatures.

export const degrees = {
  id: '0021-degrees',
  sql: `
    ALTER TABLE person_settings ADD COLUMN degrees TEXT NOT NULL DEFAULT 'c' CHECK (degrees IN ('c', 'f'));
  `,
} as const
