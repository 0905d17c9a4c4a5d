import { activities, condition, defineSignal, setHandler, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'crypto',
  blame: 'crypto.getRandomValues()',
  use: 'for a code that is sent, and compared with a signal',
  guard: 'refused',
  cites: 'https://github.com/temporalio/sdk-typescript/issues/1390',
};

const entered = defineSignal<[code: string]>('entered');
const { createCode, sendCode, unlock } = activities<{
  createCode: (phone: string) => string;
  sendCode: (phone: string, code: string) => void;
  unlock: (phone: string) => void;
}>();

export const wrong = workflow('one-time-code-random-values', async (phone: string) => {
  let answer = '';
  setHandler(entered, (code) => void (answer = code));
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1)); // <- blame
  const code = String(drawn % 10_000).padStart(4, '0');
  await sendCode(phone, code);
  const isRight = await condition(() => answer === code, 60_000);
  if (isRight) await unlock(phone);
  return isRight;
});

export const repaired = workflow('one-time-code-random-values-repaired', async (phone: string) => {
  let answer = '';
  setHandler(entered, (code) => void (answer = code));
  const code = await createCode(phone);
  await sendCode(phone, code);
  const isRight = await condition(() => answer === code, 60_000);
  if (isRight) await unlock(phone);
  return isRight;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('555-0100', '555-0101'),
  results: { createCode: fc.constantFrom('0042', '4711'), sendCode: null, unlock: null },
  signals: { entered: fc.tuple(fc.constantFrom('0042', '4711')) },
};
