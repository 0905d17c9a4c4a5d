import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'the length of a list that all executions push to, as an argument',
  guard: 'unseen',
};

const { isSoldOut, joinWaitingList, confirmPlace, sendTicket } = activities<{
  isSoldOut: (concert: string) => boolean;
  joinWaitingList: (email: string) => number;
  confirmPlace: (email: string, place: number) => void;
  sendTicket: (email: string) => void;
}>();

const CONCERT = 'spring-gala';
const waitingList: string[] = [];

export const wrong = workflow('waiting-list-position', async (email: string) => {
  if (await isSoldOut(CONCERT)) {
    const place = waitingList.push(email); // <- blame
    await confirmPlace(email, place);
    return 'waiting';
  }
  await sendTicket(email);
  return 'admitted';
});

export const repaired = workflow('waiting-list-position-repaired', async (email: string) => {
  if (await isSoldOut(CONCERT)) {
    const place = await joinWaitingList(email);
    await confirmPlace(email, place);
    return 'waiting';
  }
  await sendTicket(email);
  return 'admitted';
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada@example.com', 'bo@example.com'),
  results: {
    isSoldOut: fc.boolean(),
    joinWaitingList: fc.integer({ min: 1, max: 60 }),
    confirmPlace: null,
    sendTicket: null,
  },
};
