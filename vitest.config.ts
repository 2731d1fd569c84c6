// How the tests run: real servers start and stop in them, so files get time and few run at once.

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: ['./test/skipped-by-name.ts', 'default'],
    // The tests set what they need; a developer's own settings must not reach them.
    env: { MERIT_LOCALE: 'en' },
  },
})
