import { defineService } from 'crashwise/simulator';

/** A site, which shows what was published last. */
const site = defineService({
  initial: { shows: 'v0' },
  requests: {
    publish: (_, version: string) => ({
      state: { shows: version },
      result: null,
      effect: 'done',
      text: `the site shows ${version}`,
    }),
  },
});

export const services = { site };
