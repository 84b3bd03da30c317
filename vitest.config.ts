import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'steps/**/*.test.ts', 'scripts/**/*.test.ts'],
    // The code under test keeps no state between runs, so files may share a thread.
    pool: 'threads',
    isolate: false,
    setupFiles: ['./vitest.setup.ts'],
    testTimeout: 60_000,
  },
});
