import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'garbage collection',
  blame: 'new WeakRef()',
  use: 'an object of the execution, held weakly over a step, as an argument',
  guard: 'refused',
  cites: 'https://github.com/temporalio/sdk-typescript/pull/326',
};

interface Draft {
  readonly title: string;
  readonly words: number;
}

const { loadDraft, review, publish } = activities<{
  loadDraft: (id: string) => Draft;
  review: (id: string) => { isFine: boolean };
  publish: (id: string, title: string) => string;
}>();

const hold = async (id: string): Promise<WeakRef<Draft>> => new WeakRef(await loadDraft(id)); // <- blame

export const wrong = workflow('draft-weak-ref', async (id: string) => {
  const draft = await hold(id);
  const { isFine } = await review(id);
  return isFine ? publish(id, draft.deref()?.title ?? 'Untitled') : 'held back';
});

export const repaired = workflow('draft-weak-ref-repaired', async (id: string) => {
  const draft = await loadDraft(id);
  const { isFine } = await review(id);
  return isFine ? publish(id, draft.title) : 'held back';
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('d1', 'd2'),
  results: {
    loadDraft: fc.record({ title: fc.constantFrom('Spring', 'Autumn'), words: fc.nat(900) }),
    review: fc.record({ isFine: fc.boolean() }),
    publish: '/posts/1',
  },
};
