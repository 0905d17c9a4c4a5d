import { activities, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'env',
  blame: 'process.env.REMINDER_DAYS',
  use: 'destructured with a default at import, for the duration of a timer',
  guard: 'unseen',
};

const DAY_MS = 86_400_000;
const { REMINDER_DAYS = '3' } = process.env; // <- blame
const { sendInvoice, readReminderDays, remind } = activities<{
  sendInvoice: (id: string) => void;
  readReminderDays: () => number;
  remind: (id: string) => void;
}>();

export const wrong = workflow('env-reminder-days-at-import', async (id: string) => {
  await sendInvoice(id);
  await sleep((Number(REMINDER_DAYS) || 7) * DAY_MS);
  await remind(id);
});

export const repaired = workflow('env-reminder-days-at-import-repaired', async (id: string) => {
  await sendInvoice(id);
  await sleep((await readReminderDays()) * DAY_MS);
  await remind(id);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('inv-1', 'inv-2'),
  results: { sendInvoice: null, readReminderDays: fc.integer({ min: 1, max: 14 }), remind: null },
};
