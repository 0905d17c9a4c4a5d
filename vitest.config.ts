import { defineConfig } from 'vitest/config';

const from = (path: string): string => new URL(path, import.meta.url).pathname;

export default defineConfig({
  resolve: {
    // The package's own name means its sources here, so that tests and scenarios share one engine.
    alias: [
      { find: /^crashwise$/, replacement: from('src/index.ts') },
      { find: /^crashwise\/engine$/, replacement: from('src/engine/index.ts') },
      { find: /^crashwise\/engine\/conformance$/, replacement: from('src/engine/store/conformance.ts') },
      { find: /^crashwise\/simulator$/, replacement: from('src/simulator/index.ts') },
      { find: /^crashwise\/determinism$/, replacement: from('src/determinism/index.ts') },
      { find: /^crashwise\/results$/, replacement: from('src/results/index.ts') },
      { find: /^crashwise\/vitest$/, replacement: from('src/vitest/index.ts') },
    ],
  },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scenarios/**/*.test.ts'],
    globalSetup: ['test/setup/build.ts'],
    testTimeout: 60_000,
    // Every core: the default leaves one idle, and much of a run is waiting for processes.
    maxWorkers: '100%',
  },
});
