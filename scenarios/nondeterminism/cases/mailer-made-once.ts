import { activities, workflow, type ActivityProxy } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a proxy of activities that is made once, with the options of whoever came first',
  guard: 'unseen',
};

interface Mail {
  readonly to: string;
  readonly isUrgent: boolean;
}

interface Mailer {
  sendReceipt: (to: string) => void;
}

const optionsFor = (mail: Mail): { startToCloseTimeoutMs: number } => ({
  startToCloseTimeoutMs: mail.isUrgent ? 5_000 : 60_000,
});

let mailer: ActivityProxy<Mailer> | undefined;

export const wrong = workflow('mailer-made-once', async (mail: Mail) => {
  const shared = (mailer ??= activities<Mailer>(optionsFor(mail))); // <- blame
  await shared.sendReceipt(mail.to);
  return 'sent';
});

export const repaired = workflow('mailer-made-once-repaired', async (mail: Mail) => {
  const own = activities<Mailer>(optionsFor(mail));
  await own.sendReceipt(mail.to);
  return 'sent';
});

export const fuzz: FuzzPlan = {
  input: fc.record({ to: fc.constantFrom('ada@example.com', 'bo@example.com'), isUrgent: fc.boolean() }),
  results: { sendReceipt: null },
};
