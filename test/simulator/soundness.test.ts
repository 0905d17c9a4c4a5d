import { defineService, explore, queue, simulate, statusColumn, World, type Scenario } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import type { Site } from '../../src/simulator/life.js';
import type { Pattern } from '../../src/simulator/pattern.js';
import { faultBudget } from '../../src/simulator/fault-budget.js';
import type { DurableState } from '../../src/simulator/state.js';
import type { Trace } from '../../src/simulator/trace.js';
import { rerunFromStart } from './rerun-from-start.js';
import { diskPattern, durableFlow, durableSteps, toyScenario, type toyServices } from './toy.js';

// Goal: what makes the search small, snapshots and keys, leaves nothing out.

const write: Site = { name: 'disk.write', kind: 'record', text: 'write to the disk' };
const NO_LIMIT = { maxStates: 10_000, stopped: () => undefined };
const messages = [{ name: 'flash', data: { id: 'r1' } }];

const flows: readonly { name: string; scenario: Scenario; faults?: readonly string[] }[] = [
  { name: 'two steps', scenario: toyScenario([durableSteps(2, true)], ['step 1', 'step 2']) },
  {
    name: 'two steps side by side, with Promise.all',
    scenario: toyScenario([durableFlow((flash) => Promise.all([flash('a'), flash('b')]))], ['a', 'b']),
  },
  {
    name: 'a queue that parks',
    scenario: toyScenario(
      [
        queue<typeof toyServices>({
          messages,
          maxDeliveries: 3,
          jobs: ({ services: { lamp } }) => ({ flash: (job) => lamp.flash({ what: 'a', key: job.id }) }),
        }),
      ],
      ['a'],
    ),
  },
  {
    name: 'a status column',
    scenario: toyScenario(
      [
        statusColumn<typeof toyServices>({
          messages,
          initial: 'new',
          jobs: ({ services: { lamp }, status }) => ({
            async flash({ data: { id } }) {
              if ((await status.get(id)) === 'new') {
                await lamp.flash({ what: 'a', key: 'a' });
                await status.set(id, 'new', 'half');
              }
              await lamp.flash({ what: 'b' });
              await status.set(id, 'half', 'done');
            },
          }),
        }),
      ],
      ['a', 'b'],
    ),
  },
  {
    name: 'a step that comes late',
    scenario: toyScenario([durableSteps(1, true)], ['step 1']),
    faults: ['late'],
  },
];

describe('snapshots', () => {
  test.each(flows)('$name: to run all lives again from the start leads to the same states', async (flow) => {
    const { scenario, faults } = flow;
    const budget = faultBudget({ faults, maxFaults: 1 });
    const worldOf = (): World => new World(scenario, scenario.patterns[0]!, budget, { reduces: false });
    const world = new World(scenario, scenario.patterns[0]!, budget);
    const { nodes, stoppedBy } = await explore(world, NO_LIMIT);
    expect(stoppedBy).toBe('closed');
    const again = await rerunFromStart(world, worldOf);
    expect([...again].sort()).toEqual(nodes.map(({ key }) => key).sort());
    expect(again.size).toBeGreaterThan(10);
  });

  test('a part that is changed in place, so that snapshots of it go on changing, is told', async () => {
    const sly = {
      ...diskPattern({ log: [] as string[] }, (disk, lamp, life) => {
        void (async () => {
          while (disk.part.log.length < 2) {
            await life.call(write, () => {
              disk.part.log.push('x');
              disk.part = { ...disk.part };
            });
          }
          await lamp.flash({ what: 'a', key: 'a' });
        })();
      }),
      resources: () => [{ name: 'disk', part: { log: [] } as unknown, view: (part: unknown) => part }],
    };
    await expect(explore(new World(toyScenario([sly], ['a']), sly), NO_LIMIT)).rejects.toMatchObject({
      code: 'scenario-unsteady',
    });
  });

  test('snapshots that are missing show in the comparison', async () => {
    const cut = (trace: Trace): Trace => ({ ...trace, moments: trace.moments.slice(0, 10) });
    class Forgetful extends World {
      override async *lives(state: DurableState): AsyncGenerator<Trace> {
        for await (const trace of super.lives(state)) yield cut(trace);
      }
      // The first life is compared with another run of it.
      override async life(...given: Parameters<World['life']>): Promise<Trace> {
        return cut(await super.life(...given));
      }
    }
    const { scenario } = flows[0]!;
    const world = new Forgetful(scenario, scenario.patterns[0]!);
    const { nodes } = await explore(world, NO_LIMIT);
    const again = await rerunFromStart(world, () => new World(scenario, scenario.patterns[0]!));
    expect(again.size).toBeGreaterThan(nodes.length);
  });
});

describe('an unsound projection is caught', () => {
  /** Two writes, then a flash that depends on what was written; only the second write is in the view. */
  const planted = (view?: (part: Disk) => unknown, dropped?: (part: Disk) => unknown) =>
    diskPattern<Disk>(
      { lives: 0, last: '', order: '' },
      (disk, lamp, life) => {
        void (async () => {
          const { lives, order } = disk.part;
          const note = (name: string) =>
            life.call(
              { ...write, name },
              () => void (disk.part = { ...disk.part, order: disk.part.order + name, last: name }),
            );
          await life.call(write, () => void (disk.part = { ...disk.part, lives: Math.min(lives + 1, 3) }));
          if (order === '') await Promise.all([note('x'), note('y')]);
          const odd = lives > 1 || order.startsWith('yx');
          await lamp.flash({ what: odd ? 'b' : 'a', key: odd ? 'b' : 'a' });
        })();
      },
      view,
      dropped,
    );
  interface Disk {
    lives: number;
    last: string;
    order: string;
  }
  const verdictOf = async (pattern: Pattern) => {
    const { runs } = await simulate({ scenarios: [toyScenario([pattern], ['a'], 'at-most-once')] });
    return runs[0]!.stoppedBy;
  };

  test.each<[what: string, view: (part: Disk) => unknown, dropped: (part: Disk) => unknown]>([
    ['a count of lives', ({ order, last }) => ({ order, last }), ({ lives }) => lives],
    ['the order of two writes', ({ lives }) => ({ lives }), ({ order, last }) => [order, last]],
    ['a count that is cut too early', (part) => ({ ...part, lives: Math.min(part.lives, 1) }), ({ lives }) => lives],
  ])('%s', async (_, view, dropped) => {
    expect(await verdictOf(planted())).toBe('closed');
    expect(await verdictOf(planted(view, dropped))).toBe('projection');
  });
});

describe('an unsound saturation is caught', () => {
  /** A bell that rings as often as it is asked, and whose view counts to two. `blockedAt`: where that was too early. */
  const bell = (blockedAt: number) =>
    defineService({
      initial: { rings: 0 },
      requests: {
        flash: ({ rings }, _request: { what: string }) => ({
          state: { rings: rings + 1 },
          result: rings + 1 >= blockedAt ? 'blocked' : 'on',
          effect: 'done',
          text: '',
        }),
      },
      view: ({ rings }) => Math.min(rings, 2),
    });
  const run = async (
    lamp: ReturnType<typeof bell>,
    changes: Partial<Scenario> = {},
    faults: readonly string[] = [],
  ) => {
    const scenario = { ...toyScenario([durableSteps(1, false)], ['step 1'], 'at-least-once'), services: { lamp } };
    const goal = { property: 'ends', reached: () => true, missed: () => '' };
    const { runs } = await simulate({ scenarios: [{ ...scenario, goal, ...changes } as unknown as Scenario], faults });
    const { verdict, stoppedBy, certificate } = runs[0]!;
    return { verdict, stoppedBy, notCovered: certificate.notCovered.at(-1) };
  };

  test('a service whose answers never depend on the count is proved', async () => {
    expect(await run(bell(Infinity))).toMatchObject({ verdict: 'proved' });
    expect(await run(bell(Infinity), {}, ['timeout-after'])).toMatchObject({ verdict: 'proved' });
  });

  test.each([4, 5, 6, 20])('one that answers otherwise from the %i. time on is not', async (blockedAt) => {
    for (const faults of [[], ['timeout-after']]) {
      const { verdict, stoppedBy, notCovered } = await run(bell(blockedAt), {}, faults);
      expect({ verdict, stoppedBy }).toEqual({ verdict: 'inconclusive', stoppedBy: 'projection' });
      expect(notCovered).toMatch(/^lamp: after \d+ more of lamp\.flash, lamp\.flash is answered otherwise/);
    }
  });

  test('an invariant over a count that the view cuts off is no proof', async () => {
    const few = {
      property: 'few-rings',
      holds: ({ lamp }: { lamp: { rings: number } }) => lamp.rings < 6,
      broken: () => 'It rang six times.',
    };
    // It is reached behind the view, and told as what it breaks.
    expect(await run(bell(Infinity), { invariants: [few] } as never)).toMatchObject({ verdict: 'violated' });
  });
});
