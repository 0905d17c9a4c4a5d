import { activities, condition, defineSignal, setHandler, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a note that a handler was set, so that only the first execution hears a signal',
  guard: 'unseen',
};

const TRIAL_MS = 3 * 86_400_000;
const cancel = defineSignal('cancel');

const { startTrial, charge } = activities<{
  startTrial: (customer: string) => void;
  charge: (customer: string) => string;
}>();

let isHandlerSet = false;

export const wrong = workflow('cancel-handler-set-once', async (customer: string) => {
  let isCancelled = false;
  const onCancel = (): void => {
    isCancelled = true;
  };
  if (!isHandlerSet) setHandler(cancel, onCancel); // <- blame
  isHandlerSet = true;
  await startTrial(customer);
  return (await condition(() => isCancelled, TRIAL_MS)) ? 'cancelled' : charge(customer);
});

export const repaired = workflow('cancel-handler-set-once-repaired', async (customer: string) => {
  let isCancelled = false;
  setHandler(cancel, () => {
    isCancelled = true;
  });
  await startTrial(customer);
  return (await condition(() => isCancelled, TRIAL_MS)) ? 'cancelled' : charge(customer);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada', 'bo'),
  results: { startTrial: null, charge: 'ch_1' },
  signals: { cancel: [] },
};
