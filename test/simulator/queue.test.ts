import { queue, simulate, type QueueOptions, type QueueTools, type Scenario } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import { toyScenario, type toyServices } from './toy.js';

// Goal: each safety measure of a queue has a flow that needs it: proved with it, violated without.

type Tools = QueueTools<typeof toyServices>;
type Options = QueueOptions<Tools>;

const one = [{ name: 'flash', data: { id: 'a' } }];
const keyed: Options['jobs'] = ({ services: { lamp } }) => ({
  flash: async (job) => lamp.flash({ what: job.data.id as string, key: job.id }),
});

async function run(options: Partial<Options>, changes: Partial<Scenario> = {}) {
  const pattern = queue<typeof toyServices>({ messages: one, jobs: keyed, ...options });
  const keys = (options.messages ?? one).map(({ data }) => data.id);
  const { runs } = await simulate({ scenarios: [{ ...toyScenario([pattern], keys), ...changes }] });
  return runs[0]!;
}

async function verdictOf(options: Partial<Options>, changes: Partial<Scenario> = {}) {
  const { verdict, violations, stoppedBy } = await run(options, changes);
  const broken = violations.map(({ property, sentence, crashes }) => `${property} ${crashes}: ${sentence}`);
  return { verdict, stoppedBy, broken };
}

const PROVED = { verdict: 'proved', stoppedBy: 'closed', broken: [] };

describe('a message is delivered until it is acknowledged', () => {
  test('with a key, any number of crashes does no harm', async () => {
    expect(await verdictOf({})).toEqual(PROVED);
  });

  test('without a key, a crash before the acknowledgement does it twice', async () => {
    const jobs: Options['jobs'] = ({ services: { lamp } }) => ({ flash: () => lamp.flash({ what: 'a' }) });
    expect(await verdictOf({ jobs })).toMatchObject({
      verdict: 'violated',
      broken: [expect.stringMatching(/^flashed-once 1: a flashed twice\./)],
    });
  });
});

test('errors of the store are waited out, as often as they come', async () => {
  const pattern = queue<typeof toyServices>({ messages: one, jobs: keyed });
  const { runs } = await simulate({ scenarios: [toyScenario([pattern], ['a'])], faults: ['store-error'] });
  expect(runs).toMatchObject([{ verdict: 'proved', stoppedBy: 'closed', violations: [] }]);
});

describe('acknowledged after the work', () => {
  // What a handler does that hands its work to somebody else in its own process and returns.
  test('acknowledged before it, a crash loses the job', async () => {
    const jobs: Options['jobs'] = ({ services: { lamp } }) => ({
      flash: async (job) => void lamp.flash({ what: 'a', key: job.id }),
    });
    const { verdict, broken } = await verdictOf({ jobs });
    expect(verdict).toBe('violated');
    expect(broken).toEqual(['ends 1: It never ends: the queue is empty.']);
  });
});

describe('visibility: nobody else gets a job that is worked on', () => {
  /** Nobody but the queue keeps a second delivery away: the lamp is asked first, and knows no key. */
  const slow =
    (heartbeat: boolean): Options['jobs'] =>
    ({ services: { lamp }, sleep }) => ({
      async flash(job) {
        for (let n = 0; n < 2; n += 1) {
          if (heartbeat) await job.extend(30_000);
          await sleep(20_000);
        }
        await lamp.flash({ what: 'a' });
      },
    });
  const crashFree = async (options: Partial<Options>): Promise<number | undefined> =>
    (await run({ concurrency: 2, ...options })).violations.find(({ property }) => property === 'flashed-once')?.crashes;

  test('a job that takes longer than its visibility is done by two at once, without any crash', async () => {
    expect(await crashFree({ jobs: slow(false) })).toBe(0);
  });

  test('a longer visibility, or a heartbeat, keeps the second away: only a crash does it twice', async () => {
    expect(await crashFree({ jobs: slow(false), visibilityMs: 60_000 })).toBe(1);
    expect(await crashFree({ jobs: slow(true) })).toBe(1);
  });

  test('a worker that has lost its job hears of it with its next heartbeat', async () => {
    const told: string[] = [];
    const jobs: Options['jobs'] = ({ services: { lamp }, sleep }) => ({
      async flash(job) {
        if (job.deliveries > 1) return lamp.flash({ what: 'a', key: job.id });
        await sleep(40_000);
        return job.extend(30_000).catch((error: Error) => told.push(error.message));
      },
    });
    expect(await verdictOf({ jobs, concurrency: 2 })).toEqual(PROVED);
    expect(new Set(told)).toEqual(new Set(['message a is no longer held by this worker']));
  });
});

describe('deliveries are counted, and limited', () => {
  const moody =
    (failures: number): Options['jobs'] =>
    (tools) => ({
      async flash(job) {
        if (job.deliveries <= failures) throw new Error('not today');
        await tools.services.lamp.flash({ what: 'a', key: job.id });
      },
    });

  test('a job that throws is tried again after the backoff', async () => {
    expect(await verdictOf({ jobs: moody(1) })).toEqual(PROVED);
    expect(await verdictOf({ jobs: moody(2), maxDeliveries: 3 }, { endings: { parked: 'redriven' } })).toEqual(PROVED);
  });

  test('without a limit, a job that counts its deliveries is no proof: the keys tell only whether there was one', async () => {
    const jobs: Options['jobs'] = ({ services: { lamp } }) => ({
      flash: ({ deliveries }) => lamp.flash({ what: deliveries > 2 ? 'b' : 'a', key: 'a' }),
    });
    expect(await verdictOf({ jobs })).toMatchObject({ verdict: 'inconclusive', stoppedBy: 'projection' });
  });

  test('past the limit it is parked, and the run misses its goal; the story says where it lies', async () => {
    const { violations } = await run({ jobs: moody(9), maxDeliveries: 5 });
    expect(violations).toMatchObject([
      {
        property: 'ends',
        crashes: 0,
        sentence: 'It never ends: message a lies in the dead letter queue after 5 deliveries.',
      },
    ]);
    expect(violations[0]!.story.at(-2)!.text).toBe('message a was delivered 5 times: to the dead letter queue');
  });

  test('a crash counts: enough of them park a job that never failed, even one that had done its work', async () => {
    const { verdict, broken } = await verdictOf({ maxDeliveries: 2 });
    expect(verdict).toBe('violated');
    expect(broken).toEqual(['ends 2: It never ends: message a lies in the dead letter queue after 2 deliveries.']);
  });

  test('parked is as good as redriven if the scenario says so: then any number of crashes is fine', async () => {
    const endings = { parked: 'redriven' } as const;
    expect(await verdictOf({ maxDeliveries: 2 }, { endings })).toEqual(PROVED);
    const { certificate } = await run({ maxDeliveries: 2 }, { endings });
    expect(certificate.assumes).toContainEqual(expect.stringContaining('an operator redrives what is parked'));
    expect((await run({ maxDeliveries: 2 })).certificate.assumes.join()).not.toContain('operator');
  });

  test('a redrive does not mend what fails each time', async () => {
    const { verdict, broken } = await verdictOf(
      { jobs: moody(9), maxDeliveries: 2 },
      { endings: { parked: 'redriven' } },
    );
    expect(verdict).toBe('violated');
    expect(broken).toEqual(['ends 0: It never ends: message a lies in the dead letter queue after 2 deliveries.']);
  });

  test('an ending that nobody knows is refused', async () => {
    await expect(run({}, { endings: { parked: 'ignored' as 'redriven' } })).rejects.toMatchObject({
      code: 'scenario-invalid',
    });
  });
});

describe('order', () => {
  const group = 'g';
  const messages = ['a', 'b'].map((id) => ({ name: 'flash', data: { id }, group }));
  const inOrder = {
    goal: {
      property: 'in-order',
      reached: ({ lamp }: { lamp: { flashes: readonly string[] } }) => lamp.flashes.join() === 'a,b',
      missed: () => 'b flashed before a.',
    },
  } as unknown as Partial<Scenario>;

  test('messages of a FIFO group come in order, whatever crashes', async () => {
    expect(await verdictOf({ messages, fifo: true }, inOrder)).toEqual(PROVED);
  });

  test('without it, the second may come first, without any crash', async () => {
    expect(await verdictOf({ messages }, inOrder)).toMatchObject({ broken: ['in-order 0: b flashed before a.'] });
  });

  test('messages that are hidden for times of their own are proved: which comes first is not all that tells them apart', async () => {
    const apart = [messages[0]!, { ...messages[1]!, delayMs: 20_000 }];
    const jobs: Options['jobs'] = (tools) => ({
      async flash(job) {
        await tools.sleep(10_000);
        await tools.services.lamp.flash({ what: job.data.id as string, key: job.id });
      },
    });
    expect(await verdictOf({ messages: apart, jobs, concurrency: 2 })).toEqual(PROVED);
  });

  test('a group does not wait for another one', async () => {
    const apart = messages.map((message) => ({ ...message, group: message.data.id }));
    expect(await verdictOf({ messages: apart, fifo: true }, inOrder)).toMatchObject({ verdict: 'violated' });
  });

  test('a delayed message comes after its delay, and not before', async () => {
    const later = [messages[0]!, { ...messages[1]!, delayMs: 3_600_000 }].map((message) => ({ ...message, group: '' }));
    const { violations } = await run({ messages: later }, inOrder);
    // Only a worker that stays away for an hour finds both.
    expect(violations).toMatchObject([{ property: 'in-order', schedule: 'queue:~1.1' }]);
  });
});

describe('two steps, handed on by a message', () => {
  const start = [{ name: 'first', data: { id: 'a' } }];
  const chain =
    (handOn: (tools: Tools) => Promise<unknown>, key?: (tools: Tools) => string): Options['jobs'] =>
    (tools) => ({
      async first(job) {
        await tools.services.lamp.flash({ what: 'a', key: job.id });
        await handOn(tools);
      },
      second: (job) => tools.services.lamp.flash({ what: 'b', key: key?.(tools) ?? job.id }),
    });
  const outcomeOf = async (jobs: Options['jobs'], options: Partial<Options>) => {
    const pattern = queue<typeof toyServices>({ messages: start, jobs, ...options });
    const { runs } = await simulate({ scenarios: [toyScenario([pattern], ['a', 'b'])] });
    const { verdict, violations } = runs[0]!;
    return { verdict, broken: violations.map(({ sentence, crashes }) => `${crashes}: ${sentence}`) };
  };
  const inOneCommit = async ({ rows, transaction }: Tools): Promise<void> => {
    if (await rows!.get('orders', 'a')) return;
    await transaction!((write) => {
      write.put('orders', 'a', { status: 'first done' });
      write.add('second', { id: 'b' });
    });
  };

  test('added by the handler, the second message is there twice after a crash: its id is no key', async () => {
    const { verdict, broken } = await outcomeOf(
      chain(({ queue: { add } }) => add('second', { id: 'b' })),
      { maxDeliveries: 2 },
    );
    expect(verdict).toBe('violated');
    expect(broken).toContain('1: b flashed twice.');
  });

  test('in one commit with what says that it was added, the second message keeps its id', async () => {
    expect(await outcomeOf(chain(inOneCommit), { outbox: true })).toEqual({ verdict: 'proved', broken: [] });
  });

  test('the relay publishes at least once: a handler that makes its own key does its work twice', async () => {
    const outcome = await outcomeOf(
      chain(inOneCommit, ({ randomUUID }) => randomUUID()),
      { outbox: true },
    );
    expect(outcome).toEqual({ verdict: 'violated', broken: ['1: b flashed twice.'] });
  });

  test('row first and message after it, in two commits, a crash in between loses the second step', async () => {
    const inTwo = async ({ rows, transaction, queue: { add } }: Tools): Promise<void> => {
      if (await rows!.get('orders', 'a')) return;
      await transaction!((write) => write.put('orders', 'a', { status: 'first done' }));
      await add('second', { id: 'b' });
    };
    expect(await outcomeOf(chain(inTwo), { outbox: true })).toEqual({
      verdict: 'violated',
      broken: ['1: b never flashed.'],
    });
  });
});

test('a message that no job handles is the scenario at fault', async () => {
  await expect(run({ jobs: () => ({}) })).rejects.toMatchObject({ code: 'scenario-invalid' });
});
