import { activities, now, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'clock',
  blame: 'new Date()',
  use: 'for the day of the week, to add one more activity to a Promise.all',
  guard: 'recorded',
};

const { openTicket, mailTeam, pageOnCall } = activities<{
  openTicket: (alert: string) => string;
  mailTeam: (ticket: string) => void;
  pageOnCall: (ticket: string) => void;
}>();
const isWeekend = (date: Date): boolean => date.getUTCDay() === 0 || date.getUTCDay() === 6;

export const wrong = workflow('weekend-page-in-promise-all', async (alert: string) => {
  const ticket = await openTicket(alert);
  const today = new Date(); // <- blame
  await Promise.all([mailTeam(ticket), ...(isWeekend(today) ? [pageOnCall(ticket)] : [])]);
  return ticket;
});

export const repaired = workflow('weekend-page-in-promise-all-repaired', async (alert: string) => {
  const ticket = await openTicket(alert);
  const today = new Date(now());
  await Promise.all([mailTeam(ticket), ...(isWeekend(today) ? [pageOnCall(ticket)] : [])]);
  return ticket;
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('disk-full', 'latency'),
  results: { openTicket: (alert: string) => `t-${alert}`, mailTeam: null, pageOnCall: null },
};
