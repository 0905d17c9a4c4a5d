/**
 * What the examples of docstrings leave out, by the symbol that they belong to: names that a reader takes for granted.
 * `symbol/file`: a module beside the example. Null: an example that no compiler takes as it stands.
 */
export const PRELUDES: Readonly<Record<string, string | null>> = {
  addTo: `
import { addTo, simulate, type Scenario } from 'crashwise/simulator';
declare const scenario: Scenario;
`,
  activityInfo: `
import { activityInfo } from 'crashwise/engine';
declare const cards: { charge(request: { customer: string; amount: number; idempotencyKey: string }): Promise<string> };
`,
  CrashwiseError: `
import { type Client, CrashwiseError, type Signal } from 'crashwise/engine';
declare const client: Client;
declare const approve: Signal<[]>;
export async function example(): Promise<void> {
`,
  PlainData: `
import { type Life, PlainData } from 'crashwise/simulator';
`,
  testResource: `
import { type Life, PlainData, type Resource } from 'crashwise/simulator';
import { testResource } from 'crashwise/simulator/conformance';
import { test } from 'vitest';
declare class Shelf extends PlainData<string[]> {
  constructor();
  put(book: string, life: Life): Promise<void>;
}
`,
  createRuntime: `
import { createRuntime, type History, type Workflow } from 'crashwise/engine';
declare const order: Workflow;
declare const history: History;
`,
  // Not of the package: its own parts.
  Coverage: null,
  fromJsonSchema: null,
  defineConfig: `
import { defineConfig } from 'crashwise/determinism';
`,
  fuzz: `
import { fuzz } from 'crashwise/determinism';
`,
  toBundle: `
import { appendFileSync } from 'node:fs';
import { toBundle } from 'crashwise/determinism';
import type { Store } from 'crashwise/engine';
declare const store: Store;
`,
  replay: `
import { replay } from 'crashwise/determinism';
import type { Workflow } from 'crashwise/engine';
declare const order: Workflow;
`,
  patches: `
import { patches } from 'crashwise/determinism';
import type { Workflow } from 'crashwise/engine';
declare const order: Workflow;
`,
  runMutants: `
import { runMutants, type MutantOptions, type Scenario } from 'crashwise/simulator';
declare const scenario: Scenario;
declare const budget: MutantOptions['budget'];
const pattern = scenario.patterns[0]!;
`,
  defineFlow: `
import { defineFlow, defineService } from 'crashwise/simulator';
const services = {
  mail: defineService({
    initial: {},
    requests: { send: (state, _: { to: string; key?: string }) => ({ state, result: 1, effect: 'done', text: '' }) },
  }),
  cards: defineService({
    initial: {},
    requests: { charge: (state, _: { amount: number; key: string }) => ({ state, result: 1, effect: 'done', text: '' }) },
  }),
};
`,
  defineScenario: `
import type { Workflow } from 'crashwise/engine';
import { defineScenario, defineService, durable, type ServiceClients } from 'crashwise/simulator';
declare const invoice: Workflow<{ amount: number }>;
declare const invoiceActivities: (services: ServiceClients<{ cards: typeof cards }>) => object;
const cards = defineService({
  initial: { charges: 0 },
  requests: {
    charge: (state, request: { amount: number }) => ({
      state: { charges: state.charges + request.amount },
      result: 'ch_1',
      effect: 'done',
      text: '',
    }),
  },
});
const chargeCard = {
  title: 'charge card',
  effect: 'cards.charge',
  class: 'exactly-once' as const,
  property: 'charged-once',
  key: () => 'i1',
  text: () => 'charge',
  twice: () => 'Twice.',
  never: () => 'Never.',
};
`,
  loadScenario: `
import { loadScenario, simulate } from 'crashwise/simulator';
`,
  initScenario: `
import { initScenario } from 'crashwise';
`,
  MemoryStore: `
import { type HistoryEvent, MemoryStore } from 'crashwise/engine';
declare const store: MemoryStore;
declare const approved: Extract<HistoryEvent, { type: 'signaled' }>;
`,
  queue: `
import { defineService, queue } from 'crashwise/simulator';
const services = {
  mail: defineService({
    initial: {},
    requests: { send: (state, _: { to: string; key?: string }) => ({ state, result: 1, effect: 'done', text: '' }) },
  }),
  cards: defineService({
    initial: {},
    requests: { charge: (state, _: { amount: number; key: string }) => ({ state, result: 1, effect: 'done', text: '' }) },
  }),
};
`,
  reconciler: `
import { defineService, reconciler } from 'crashwise/simulator';
const services = {
  cloud: defineService({
    initial: { names: [] as string[] },
    requests: {
      list: (state) => ({ state, result: state.names, effect: 'none', text: '' }),
      create: (state, _: { name: string }) => ({ state, result: 1, effect: 'done', text: '' }),
      remove: (state, _: { name: string }) => ({ state, result: 1, effect: 'done', text: '' }),
    },
  }),
};
`,
  simulate: `
import { type Scenario, simulate } from 'crashwise/simulator';
declare const signup: Scenario;
`,
  statusColumn: `
import { defineService, statusColumn } from 'crashwise/simulator';
const services = {
  mail: defineService({
    initial: {},
    requests: { send: (state, _: { to: string; key?: string }) => ({ state, result: 1, effect: 'done', text: '' }) },
  }),
  cards: defineService({
    initial: {},
    requests: { charge: (state, _: { amount: number; key: string }) => ({ state, result: 1, effect: 'done', text: '' }) },
  }),
};
`,
  testStore: `
import type { Store } from 'crashwise/engine';
declare const PostgresStore: { open(schema: object): Promise<Store> };
declare function freshSchema(): Promise<{ drop(): Promise<void> }>;
`,
  toBreak: `
import 'crashwise/vitest';
import { expect } from 'vitest';
`,
  toBeDeterministic: `
import 'crashwise/vitest';
import { expect } from 'vitest';
`,
  toSurvive: `
import 'crashwise/vitest';
import { expect } from 'vitest';
`,
  toSurviveCrashes: `
import 'crashwise/vitest';
import { expect } from 'vitest';
`,
  toPayload: `
import { toPayload } from 'crashwise/engine';
`,
  Worker: `
import { type SqliteStore, Worker, type Workflow } from 'crashwise/engine';
declare const store: SqliteStore;
declare const order: Workflow;
declare function charge(id: string): Promise<string>;
`,
  workflow: `
import { activities, workflow } from 'crashwise/engine';
`,
  'workflow/activities': `
export async function charge(id: string, amount: number): Promise<{ number: string }> {
  return { number: \`\${id}-\${amount}\` };
}
`,
  withAdditions: `
import { queueFlow, withAdditions, type Flow, type Services } from 'crashwise/simulator';
declare const trial: Flow<Services, null>;
`,
  withTime: `
import { defineService, withTime } from 'crashwise/simulator';
`,
};
