import { defineService, simulate, withTime, type Scenario } from 'crashwise/simulator';
import { expect, test } from 'vitest';
import { lateThatMatter, type LeftOut } from '../../src/simulator/late-that-matter.js';
import { Ledger } from '../../src/simulator/ledger.js';
import { Network } from '../../src/simulator/network.js';
import { Past } from '../../src/simulator/past.js';
import { ServiceResource, type Answer, type EffectNames, type Services } from '../../src/simulator/service.js';
import { diskPattern, toyScenario } from './toy.js';

// Goal: a late request is left out only if it changes nothing at all, and it is told what was left out: what would have
// been refused counts as refused, and the certificate says so.

interface State {
  readonly n: number;
  readonly m: number;
}
type Asked = (state: State) => Answer<State>;

const answer = (state: State, effect: Answer<State>['effect'], result: unknown = null): Answer<State> => {
  return { state, effect, result, text: '' };
};
const remade: Asked = ({ n, m }) => answer({ n, m }, 'refused');

interface Case {
  readonly ask: Asked;
  readonly more?: object;
  readonly past?: boolean;
  readonly key?: EffectNames['key'];
}

/** Whether a late request would be let arrive, and what is told of it if not. */
function arrives({ ask, more = {}, past = false, key = () => '' }: Case): { arrives: boolean; told: string[] } {
  const services = { lamp: defineService({ initial: { n: 1, m: 2 }, requests: { ask }, ...more }) } as Services;
  const lamp = new ServiceResource('lamp', services['lamp']!, undefined, past ? new Past() : undefined);
  const network = new Network();
  network.delay({ service: 'lamp', request: 'ask', args: [] });
  const effects = { 'lamp.ask': { class: 'exactly-once', key, text: () => '' } } as const;
  const told: LeftOut = new Set();
  const outside = { services: new Map([['lamp', lamp]]), effects, ledger: new Ledger(), network, time: { now: 5 } };
  const ways = lateThatMatter(outside, told);
  expect(network.waiting).toBe(1);
  return { arrives: ways.length > 0, told: [...told] };
}

test.each<[what: string, of: Case, told: string]>([
  ['it is refused, and the state is as it was', { ask: (state) => answer(state, 'refused') }, 'refused'],
  ['it is refused, and the state is one that says the same', { ask: remade }, 'refused'],
  ['it only reads', { ask: (state) => answer(state, 'none') }, 'none'],
  [
    'with a view, the very same state',
    { ask: (state) => answer(state, 'refused'), more: { view: () => 1 } },
    'refused',
  ],
  ['reads may be stale, and the state is one that says the same', { ask: remade, past: true }, 'refused'],
])('left out: %s', (_, of, told) => {
  expect(arrives(of)).toEqual({ arrives: false, told: [`lamp.ask ${told}`] });
});

test.each<[what: string, of: Case]>([
  ['it is done, and the state is as it was', { ask: (state) => answer(state, 'done') }],
  ['the state is another one', { ask: ({ n, m }) => answer({ n: n + 1, m }, 'none') }],
  ['the state has its members in another order', { ask: ({ n, m }) => answer({ m, n }, 'refused') }],
  ['a view leaves something out, and the state is made anew', { ask: remade, more: { view: () => 1 } }],
  ['the service knows the time, and the state is made anew', { ask: withTime(() => remade) }],
  [
    'the service throws',
    {
      ask: () => {
        throw new Error('broken');
      },
    },
  ],
  ['its effect is none that there is', { ask: (state) => answer(state, 'undone' as never) }],
  ['its result is no plain data', { ask: (state) => answer(state, 'none', 1n) }],
  [
    'nobody can say which effect it is',
    {
      ask: (state) => answer(state, 'none'),
      key: () => {
        throw new Error('broken');
      },
    },
  ],
])('let arrive: %s', (_, of) => {
  expect(arrives(of)).toEqual({ arrives: true, told: [] });
});

test('of equal requests one is let arrive, and of unlike ones each', () => {
  const lamp = defineService({
    initial: [] as string[],
    requests: { ask: (state, what: unknown) => add(state, what) },
  });
  const add = (state: string[], what: unknown): Answer<string[]> => {
    return { state: [...state, String(what)], result: null, effect: 'done', text: '' };
  };
  const network = new Network();
  const late = [{ a: 1, b: 2 }, { a: 1, b: 2 }, { b: 2, a: 1 }, null, undefined, null];
  for (const what of late) network.delay({ service: 'lamp', request: 'ask', args: [what] });
  const services = new Map([['lamp', new ServiceResource('lamp', lamp as Services[string])]]);
  const told: LeftOut = new Set();
  const ways = lateThatMatter({ services, effects: {}, ledger: new Ledger(), network, time: { now: 0 } }, told);
  expect(ways).toEqual([0, 2, 3, 4]);
  expect(told).toEqual(new Set(['lamp.ask alike']));
});

/** Flashes, and is then put out of service: only what comes after that is refused. */
const putOut = {
  lamp: defineService({
    initial: { out: false },
    requests: {
      flash: (state) => ({ state, result: null, effect: state.out ? 'refused' : 'done', text: '' }),
      putOut: () => ({ state: { out: true }, result: null, effect: 'none', text: '' }),
    },
  }),
};
const once = diskPattern({ begun: false }, (disk, lamp, life) => {
  void (async () => {
    if (disk.part.begun) return;
    await life.call({ name: 'write', kind: 'record', text: '' }, () => void (disk.part = { begun: true }));
    await lamp.flash({ what: 'a' }).catch(() => {});
    await (lamp as unknown as { putOut(): Promise<unknown> }).putOut().catch(() => {});
  })();
});
const goal: Scenario['goal'] = { property: 'ends', reached: () => true, missed: () => 'It never ends.' };
const flashing = { ...toyScenario([once], ['a'], 'at-most-once'), services: putOut, goal } as unknown as Scenario;

async function simulated(scenario: Scenario, options: { faults: string[]; maxRuns?: number }) {
  const { runs } = await simulate({ scenarios: [scenario], maxFaults: 1, ...options });
  return runs[0]!;
}

test.each([{}, { maxRuns: 200 }])('what would be refused late counts as refused (%o)', async (options) => {
  const { verdict, coverage, certificate } = await simulated(flashing, { faults: ['late'], ...options });
  expect(verdict).toBe('maxRuns' in options ? 'inconclusive' : 'proved');
  expect(coverage.sometimes).toContainEqual({ name: 'lamp.flash is sent again and refused', taken: true });
  expect(certificate.assumes.join('\n')).toContain('a late request that would change nothing');
});

test('nothing is refused where nothing is late, and the certificate names no late request', async () => {
  const { coverage, certificate } = await simulated(flashing, { faults: ['error'] });
  expect(coverage.sometimes).toContainEqual({ name: 'lamp.flash is sent again and refused', taken: false });
  expect(certificate.assumes.join('\n')).not.toContain('a late request that would change nothing');
});

test('a service that throws at a late request ends the search, though nothing would have changed', async () => {
  const flash = (state: { out: boolean }): unknown => {
    if (state.out) throw new Error('it is out');
    return { state, result: null, effect: 'done', text: '' };
  };
  const lamp = { ...putOut.lamp, requests: { ...putOut.lamp.requests, flash } };
  const scenario = { ...flashing, services: { lamp } } as unknown as Scenario;
  await expect(simulated(scenario, { faults: ['late'] })).rejects.toMatchObject({ code: 'service-threw' });
});

/** Only if the first two are late, and the second of them comes after the third, is it broken. */
const threePhases = {
  lamp: defineService({
    initial: { phase: 'first' },
    requests: {
      flash({ phase }, { what }: { what: string }) {
        const after = phase === 'first' ? (what === 'c' ? 'second' : 'over') : what === 'b' ? 'broken' : phase;
        return { state: { phase: phase === 'over' ? phase : after }, result: null, effect: 'none', text: '' };
      },
    },
  }),
};

test('a schedule means the same in a world in which less can go wrong', async () => {
  const inTurn = diskPattern({}, (_, lamp) => {
    void (async () => {
      for (const what of ['a', 'b', 'c']) await lamp.flash({ what }).catch(() => {});
    })();
  });
  const invariant = {
    property: 'whole',
    holds: ({ lamp: { phase } }: { lamp: { phase: string } }) => phase !== 'broken',
    broken: () => 'It is broken.',
  };
  const scenario = { ...flashing, patterns: [inTurn], services: threePhases, invariants: [invariant] };
  const every = { scenarios: [scenario as unknown as Scenario], faults: ['late', 'stale-read'], maxFaults: 2 };
  const [run] = (await simulate(every)).runs;
  const broken = [expect.objectContaining({ property: 'whole', faults: 2 })];
  expect(run!.violations).toEqual(broken);
  const again = await simulate({ ...every, schedule: run!.violations[0]!.schedule });
  expect(again.runs[0]!.violations).toEqual(broken);
});

test('of states that a view takes for one, a late request is left out in each or in none', async () => {
  const lamp = defineService({
    initial: { last: '' },
    requests: {
      flash: (_: { last: string }, { what }: { what: string }) => {
        return { state: { last: what }, result: null, effect: 'none', text: '' };
      },
    },
    view: () => null,
  });
  const twoAtOnce = diskPattern({ at: 'start' }, (disk, { flash }, life) => {
    const write = (at: string): Promise<void> =>
      life.call({ name: 'write', kind: 'record', text: '' }, () => void (disk.part = { at }));
    void (async () => {
      if (disk.part.at === 'start') {
        await Promise.all(['b', 'a'].map((what) => flash({ what }).catch(() => {})));
        return write('half'); // And the next life goes on.
      }
      if (disk.part.at !== 'half') return;
      const end = await flash({ what: 'a' }).then(
        () => 'heard',
        () => 'not heard',
      );
      await write(end);
    })();
  });
  const scenario = { ...flashing, patterns: [twoAtOnce], services: { lamp } } as unknown as Scenario;
  const { verdict, stoppedBy } = await simulated(scenario, { faults: ['late'] });
  expect({ verdict, stoppedBy }).toEqual({ verdict: 'proved', stoppedBy: 'closed' });
});
