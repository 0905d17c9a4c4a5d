import { activities, defineSignal, setHandler, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It asks an AbortSignal, but one that only a recorded signal aborts, and no timer.';

const stop = defineSignal('stop');

const { crawl } = activities<{ crawl: (page: number) => { hasMore: boolean } }>();

export const right = workflow('stop-by-own-signal', async (limit: number) => {
  const controller = new AbortController();
  setHandler(stop, () => controller.abort());
  let page = 0;
  while (page < limit && !controller.signal.aborted) {
    page += 1;
    const { hasMore } = await crawl(page);
    if (!hasMore) break;
  }
  return page;
});

export const fuzz: FuzzPlan = {
  input: fc.nat(5),
  results: { crawl: fc.record({ hasMore: fc.boolean() }) },
  signals: { stop: [] },
};
