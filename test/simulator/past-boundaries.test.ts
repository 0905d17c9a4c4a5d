import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineService, simulate, type Scenario } from 'crashwise/simulator';
import { afterAll, describe, expect, test } from 'vitest';
import { World } from '../../src/simulator/world.js';
import { ambientCalls } from '../../src/simulator/ambient-calls.js';
import { diskPattern, durableFlow, durableSteps, toyScenario, type Lamp } from './toy.js';

// Goal: a flow that is no function of what it is given is never judged, and is told the call that did it. Method: an
// activity that does one such thing, and the same one without it.

const THIS = fileURLToPath(import.meta.url);
const COUNTER = join(tmpdir(), `crashwise-past-${process.pid}`);
const SOURCE = readFileSync(THIS, 'utf8').split('\n');
/** The line on which this stands, from 1. */
const lineOf = (mark: string): number => SOURCE.findIndex((line) => line.includes(`// ${mark}`)) + 1;

async function run(scenario: Scenario, maxRuns?: number) {
  const { runs } = await simulate({ scenarios: [scenario], maxRuns });
  const { verdict, stoppedBy, unseen, violations, certificate } = runs[0]!;
  const { assumes } = certificate;
  const calls = (unseen?.calls ?? []).map(({ call, location }) => `${call} ${location.line}`);
  return {
    verdict,
    stoppedBy,
    violations: violations.length,
    text: unseen?.text,
    calls,
    line: unseen?.location?.line,
    assumes,
  };
}

/** A flow over the lamp, whose texts say with which key it is called. */
function withActivity(flash: (client: Lamp['lamp'], what: string) => Promise<string>): Scenario {
  const toy = toyScenario([durableFlow((flow) => flow('a'), flash)], ['a']);
  return { ...toy, steps: toy.steps.map((step) => ({ ...step, text: ({ key }: { key?: string }) => `key ${key}` })) };
}

afterAll(() => rmSync(COUNTER, { force: true }));

const UNSTEADY = { verdict: 'inconclusive', stoppedBy: 'unsteady', violations: 0 };

type Flash = Parameters<typeof withActivity>[0];

const reads = { count: 0 };

describe('what differs from run to run is inconclusive, with the call that did it and the one that shows it', () => {
  test.each<[call: string, flash: Flash]>([
    [
      'Math.random()',
      (client, what) => client.flash({ what, key: `k${Math.random()}` }), // Math.random()
    ],
    [
      'crypto.randomUUID()',
      (client, what) => client.flash({ what, key: crypto.randomUUID() }), // crypto.randomUUID()
    ],
    [
      'Date.now()',
      (client, what) => client.flash({ what, key: `k${Date.now()}` }), // Date.now()
    ],
    [
      'new Date()',
      (client, what) => client.flash({ what, key: new Date().toISOString() }), // new Date()
    ],
    [
      'fs.readFileSync()',
      (client, what) => {
        writeFileSync(COUNTER, `${(reads.count += 1)}`);
        return client.flash({ what, key: readFileSync(COUNTER, 'utf8') }); // fs.readFileSync()
      },
    ],
  ])('%s', async (call, flash) => {
    for (const maxRuns of [undefined, 10]) {
      const found = await run(withActivity(flash), maxRuns);
      expect(found).toMatchObject({ ...UNSTEADY, line: lineOf(call) });
      expect(found.text).toMatch(
        /^Run again from the same state, a life does otherwise: first lamp\.flash\.before, key /,
      );
      expect(found.calls).toContain(`${call} ${lineOf(call)}`);
    }
  });

  test('a time that goes into the state, and into no word of a call', async () => {
    const pattern = diskPattern({ at: 0 }, (disk, lamp, life) => {
      const write = { name: 'write', kind: 'record' as const, text: 'write' };
      void (async () => {
        await lamp.flash({ what: 'a', key: 'a' });
        await life.call(write, () => void (disk.part = { at: Date.now() })); // into the state
      })();
    });
    const found = await run(toyScenario([pattern], ['a']));
    expect(found).toMatchObject({ ...UNSTEADY, calls: [`Date.now() ${lineOf('into the state')}`] });
    expect(found.text).toBe(
      'Run again from the same state, a life leaves another state behind at write.landed, write.',
    );
  });

  test('a service that keeps something beside its state: the call is told, and that no ambient one was made', async () => {
    let flashes = 0;
    const lamp = defineService({
      initial: { flashes: [] as readonly string[] },
      requests: {
        flash: (state, { what }: { what: string }) => {
          flashes += 1;
          return {
            state: { flashes: [...state.flashes, what] },
            result: 'on',
            effect: 'done',
            text: `flash number ${flashes}`,
          };
        },
      },
    });
    const toy = { ...toyScenario([durableSteps(1, true)], ['step 1']), services: { lamp } } as unknown as Scenario;
    const found = await run(toy);
    expect(found).toMatchObject({ ...UNSTEADY, calls: [] });
    expect(found.text).toContain('first lamp.flash.landed, flash step 1, flash number 1; then');
  });

  test('a variable that the flow shares with a service', async () => {
    const shared = { calls: 0 };
    const lamp = defineService({
      initial: { flashes: [] as readonly string[] },
      requests: {
        flash: ({ flashes }, { what }: { what: string }) => {
          if (shared.calls > 1) return { state: { flashes }, result: 'on', effect: 'refused', text: '' };
          return { state: { flashes: [...flashes, what] }, result: 'on', effect: 'done', text: '' };
        },
      },
    });
    const pattern = durableFlow(
      (flash) => flash('a'),
      (client, what) => {
        shared.calls += 1;
        return client.flash({ what, key: 'k' });
      },
    );
    expect(await run({ ...toyScenario([pattern], ['a']), services: { lamp } } as unknown as Scenario)).toMatchObject({
      ...UNSTEADY,
      calls: [],
    });
  });
});

describe('what goes on past the boundaries is inconclusive, with the call that does it', () => {
  test.each<[call: string, mark: string, flash: Flash]>([
    [
      'setTimeout()',
      'awaited',
      async (client, what) => {
        await new Promise((resolve) => setTimeout(resolve, 5)); // awaited
        return client.flash({ what, key: 'k' });
      },
    ],
    [
      'setTimeout()',
      'floating',
      (client, what) => {
        setTimeout(() => {}, 30); // floating
        return client.flash({ what, key: 'k' });
      },
    ],
    [
      'fs.promises.readFile()',
      'a file',
      async (client, what) => {
        await readFile(THIS); // a file
        return client.flash({ what, key: 'k' });
      },
    ],
    [
      'fs.writeFileSync()',
      'over at once',
      (client, what) => {
        writeFileSync(COUNTER, what); // over at once
        return client.flash({ what, key: 'k' });
      },
    ],
  ])('%s, %s', async (call, mark, flash) => {
    for (const maxRuns of [undefined, 10]) {
      const { verdict, stoppedBy, violations, calls } = await run(withActivity(flash), maxRuns);
      expect({ verdict, violations, calls }).toEqual({
        verdict: 'inconclusive',
        violations: 0,
        calls: [`${call} ${lineOf(mark)}`],
      });
      // It may be over at once, or not: it depends on the machine whether two lives are alike in that.
      expect(['outside-work', 'unsteady']).toContain(stoppedBy);
    }
  });

  test('a request to a server', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const asking = withActivity(async (client, what) => {
      await fetch(`http://127.0.0.1:${port}`); // a server
      return client.flash({ what, key: 'k' });
    });
    const { verdict, stoppedBy, violations, calls } = await run(asking);
    server.close();
    const told = [`fetch() ${lineOf('a server')}`];
    expect({ verdict, violations, calls }).toEqual({ verdict: 'inconclusive', violations: 0, calls: told });
    expect(['outside-work', 'unsteady']).toContain(stoppedBy);
  });
});

describe('what makes no difference is no finding', () => {
  test('a flow that keeps to what it is given: nothing is noted', async () => {
    const toy = toyScenario([durableSteps(2, true)], ['step 1', 'step 2']);
    const result = await run(toy);
    expect(result).toMatchObject({ verdict: 'proved', stoppedBy: 'closed', text: undefined, calls: [] });
    expect(result.assumes.filter((line) => line.includes('makes no difference'))).toEqual([]);
    expect((await ambientCalls(new World(toy, toy.patterns[0]!))).calls).toEqual([]);
  });

  test('a clock whose time goes nowhere: it is proved, and the certificate names the line', async () => {
    const logging = withActivity((client, what) => {
      void new Date(); // nowhere
      return client.flash({ what, key: 'k' });
    });
    const { verdict, assumes } = await run(logging);
    expect(verdict).toBe('proved');
    const line = `what new Date() answers at ${relative(process.cwd(), THIS)}:${lineOf('nowhere')} makes no difference`;
    expect(assumes).toContain(line);
  });

  test('workflow code reads the recorded time and random values, which are the same each time', async () => {
    const pattern = durableFlow(async (flash) => {
      await flash('a');
      void Math.random();
    });
    const { verdict, assumes } = await run(toyScenario([pattern], ['a']));
    expect({ verdict, noted: assumes.filter((line) => line.includes('Math.random')) }).toEqual({
      verdict: 'proved',
      noted: [],
    });
  });
});

test('of two scenarios the first is unsteady, and the second still runs', async () => {
  const unsteady = withActivity((client, what) => client.flash({ what, key: `k${Math.random()}` }));
  const clean = toyScenario([durableSteps(1, true)], ['step 1']);
  const { runs } = await simulate({ scenarios: [unsteady, clean], mutants: true });
  expect(runs.map(({ verdict, stoppedBy }) => `${verdict} ${stoppedBy}`)).toEqual([
    'inconclusive unsteady',
    'proved closed',
  ]);
});

test('a schedule that does not fit stays an error', async () => {
  const scenario = withActivity((client, what) => client.flash({ what, key: `k${Math.random()}` }));
  await expect(simulate({ scenarios: [scenario], schedule: 'durable:no.landed' })).rejects.toMatchObject({
    code: 'schedule-misfit',
  });
});
