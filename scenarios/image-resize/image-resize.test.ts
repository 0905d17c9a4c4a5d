import { queue, simulate, type Scenario } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import scenario from './scenario.js';

const imageResize = scenario as unknown as Scenario;

test('the queue is right: each image is resized, some twice, which is allowed', async () => {
  const { runs } = await simulate({ scenarios: [imageResize] });
  expect(runs).toMatchObject([{ pattern: 'queue', verdict: 'proved', closed: true, violations: [] }]);
  expect(runs[0]!.twiceAllowed).toMatchObject([{ effect: 'bucket.put', crashes: 1 }]);
});

test('a handler that does not wait for its work loses an image to one crash', async () => {
  const hasty = queue<typeof scenario.services>({
    messages: ['a.jpg', 'b.jpg'].map((id) => ({ name: 'resize', data: { id } })),
    jobs: ({ services: { bucket } }) => ({
      async resize({ data: { id } }) {
        void bucket.put({ name: `thumb/${id}` });
      },
    }),
  });
  const { runs } = await simulate({ scenarios: [{ ...imageResize, patterns: [hasty] }] });
  expect(runs[0]!.violations).toMatchObject([
    { property: 'batch-ends', crashes: 1, sentence: 'The batch never ends: the queue is empty.' },
  ]);
});
