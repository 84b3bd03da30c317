import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'steps/**/*.test.ts', 'scripts/**/*.test.ts'],
    // The code under test keeps no state between runs, so files may share a thread.
    pool: 'threads',
    isolate: false,
    // Vitest leaves one core to itself, which is half of a machine of two.
    maxWorkers: '100%',
    setupFiles: ['./vitest.setup.ts'],
    // For what hangs: a machine may be busy with something else.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
