import { queue, reconciler, simulate, type Scenario } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import scenario from './scenario.js';
import { converge, services, type Records } from './services.js';

const dnsRecords = scenario as unknown as Scenario;
const old = { www: '192.0.2.1', api: '192.0.2.1' };
const moved = { www: '192.0.2.2', api: '192.0.2.1' };
const last = { www: '192.0.2.2' };

test('the reconciler is right, and says what bounds it', async () => {
  const { runs } = await simulate({ scenarios: [dnsRecords], patterns: ['reconciler'] });
  expect(runs).toMatchObject([{ verdict: 'proved', closed: true, violations: [] }]);
  expect(runs[0]!.certificate.assumes).toContain(
    'what is wanted changes 2 times, at any moment: the flow without an end is bounded by that',
  );
});

test('a queue of changes is violated without any crash, and after two what was removed comes back', async () => {
  const { runs } = await simulate({ scenarios: [dnsRecords], patterns: ['queue'] });
  expect(runs[0]!.violations).toMatchObject([
    { property: 'zone-converges', crashes: 0 },
    { property: 'removed-once', crashes: 2 },
  ]);
  const [, checked, of] = /(\d+) of (\d+)$/.exec(runs[0]!.certificate.projections[0]!.checked)!;
  expect(checked).toBe(of);
});

test('in one FIFO group, the changes come in order, and the queue is proved, too', async () => {
  const messages = [old, moved, last].map((state, index) => ({
    name: 'change',
    data: { id: `c${index + 1}`, state },
    group: 'zone',
  }));
  const inOrder = queue<typeof services>({
    messages,
    fifo: true,
    jobs: (tools) => ({ change: ({ data: { state } }) => converge(state, tools.services) }),
  });
  const { runs } = await simulate({ scenarios: [{ ...dnsRecords, patterns: [inOrder] }] });
  expect(runs).toMatchObject([{ verdict: 'proved', violations: [] }]);
});

test('a pass that acts on what has changed, and not on what is there, leaves the old records', async () => {
  const adding = reconciler<typeof services, Records>({
    desired: { title: 'the old machine', state: old },
    drifts: [{ title: 'the new machine', state: last }],
    async pass(state, { services: { dns } }) {
      const there = await dns.list();
      for (const [name, address] of Object.entries(state)) {
        if (!(name in there)) await dns.create({ name, address });
      }
    },
  });
  const { runs } = await simulate({ scenarios: [{ ...dnsRecords, patterns: [adding] }] });
  expect(runs[0]!.violations).toMatchObject([{ property: 'zone-converges', crashes: 0 }]);
});
