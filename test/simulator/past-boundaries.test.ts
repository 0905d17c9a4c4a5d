import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { activityInfo } from 'crashwise/engine';
import { defineService, simulate, type Scenario } from 'crashwise/simulator';
import { describe, expect, test } from 'vitest';
import { World } from '../../src/simulator/world.js';
import { ambientCalls } from '../../src/simulator/ambient-calls.js';
import { durableFlow, durableSteps, toyScenario, type Lamp } from './toy.js';

// Goal: a flow that is no function of what it is given is never judged, and is told the call that did it. Method: an
// activity that does one such thing, and the same one without it.

const THIS = fileURLToPath(import.meta.url);
const SOURCE = readFileSync(THIS, 'utf8').split('\n');
/** The line on which this stands, from 1. */
const lineOf = (mark: string): number => SOURCE.findIndex((line) => line.includes(`// ${mark}`)) + 1;

async function run(scenario: Scenario, maxRuns?: number) {
  const { runs } = await simulate({ scenarios: [scenario], maxRuns });
  const { verdict, stoppedBy, unseen, violations } = runs[0]!;
  const calls = (unseen?.calls ?? []).map(({ call, location }) => `${call} ${location.line}`);
  return { verdict, stoppedBy, violations: violations.length, text: unseen?.text, calls, line: unseen?.location?.line };
}

/** A flow over the lamp, whose texts say with which key it is called. */
function withActivity(flash: (client: Lamp['lamp'], what: string) => Promise<string>): Scenario {
  const toy = toyScenario([durableFlow((flow) => flow('a'), flash)], ['a']);
  return { ...toy, steps: toy.steps.map((step) => ({ ...step, text: ({ key }: { key?: string }) => `key ${key}` })) };
}

const UNSTEADY = { verdict: 'inconclusive', stoppedBy: 'unsteady', violations: 0 };
const OUTSIDE = { verdict: 'inconclusive', stoppedBy: 'outside-work', violations: 0 };

describe('what differs from run to run', () => {
  const files = new Map<string, number>();
  test.each<[what: string, call: string, flash: Parameters<typeof withActivity>[0]]>([
    [
      'a random key',
      'Math.random()',
      (client, what) => {
        return client.flash({ what, key: `k${Math.random()}` }); // Math.random()
      },
    ],
    [
      'a random id',
      'crypto.randomUUID()',
      (client, what) => {
        return client.flash({ what, key: crypto.randomUUID() }); // crypto.randomUUID()
      },
    ],
    [
      'the time',
      'Date.now()',
      (client, what) => {
        return client.flash({ what, key: `k${Date.now()}` }); // Date.now()
      },
    ],
    [
      'a date',
      'new Date()',
      (client, what) => {
        return client.flash({ what, key: new Date().toISOString() }); // new Date()
      },
    ],
    [
      'a file that changes',
      'fs.readFileSync()',
      (client, what) => {
        files.set('reads', (files.get('reads') ?? 0) + 1);
        return client.flash({ what, key: `${files.get('reads')} ${readFileSync(THIS).length}` }); // fs.readFileSync()
      },
    ],
  ])('%s', async (_, call, flash) => {
    for (const maxRuns of [undefined, 10]) {
      const found = await run(withActivity(flash), maxRuns);
      expect(found).toMatchObject(UNSTEADY);
      expect(found.calls).toEqual([`${call} ${lineOf(call)}`]);
    }
  });
});

test('timers', async () => {
  console.log(
    await run(
      withActivity(async (client, what) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        return client.flash({ what, key: 'k' });
      }),
    ),
  );
  console.log(
    await run(
      withActivity(async (client, what) => {
        setTimeout(() => {}, 50);
        return client.flash({ what, key: 'k' });
      }),
    ),
  );
  console.log(
    await run(
      withActivity(async (client, what) => {
        await readFile(THIS);
        return client.flash({ what, key: 'k' });
      }),
    ),
  );
  console.log(
    await run(
      withActivity(async (client, what) => {
        await fetch('http://127.0.0.1:9/').catch(() => {});
        return client.flash({ what, key: 'k' });
      }),
    ),
  );
  let hidden = 0;
  console.log(
    await run(
      withActivity(async (client, what) => {
        return client.flash({ what, key: `k${(hidden += 1)}` });
      }),
    ),
  );
  const s = toyScenario([durableSteps(2, true)], ['step 1', 'step 2']);
  console.error(await run(s));
  console.log(await ambientCalls(new World(s, s.patterns[0]!)).then(({ calls }) => calls));
});
