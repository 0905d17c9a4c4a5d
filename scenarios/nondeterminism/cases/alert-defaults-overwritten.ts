import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'defaults that Object.assign() overwrites, as an argument',
  guard: 'unseen',
};

interface Settings {
  readonly channel: string;
  readonly repeats: number;
}

interface Alert {
  readonly text: string;
  readonly settings: Partial<Settings>;
}

const { findOnCall, page } = activities<{
  findOnCall: (channel: string) => string;
  page: (who: string, text: string, settings: Settings) => void;
}>();

const DEFAULTS: Settings = { channel: 'mail', repeats: 1 };

export const wrong = workflow('alert-defaults-overwritten', async (alert: Alert) => {
  const settings: Settings = Object.assign(DEFAULTS, alert.settings); // <- blame
  const who = await findOnCall(settings.channel);
  await page(who, alert.text, settings);
  return who;
});

export const repaired = workflow('alert-defaults-overwritten-repaired', async (alert: Alert) => {
  const settings: Settings = { channel: 'mail', repeats: 1, ...alert.settings };
  const who = await findOnCall(settings.channel);
  await page(who, alert.text, settings);
  return who;
});

export const fuzz: FuzzPlan = {
  input: fc.record({
    text: fc.constantFrom('Disk is full', 'Queue is long'),
    settings: fc.record(
      { channel: fc.constantFrom('phone', 'chat'), repeats: fc.integer({ min: 2, max: 5 }) },
      { requiredKeys: [] },
    ),
  }),
  results: { findOnCall: fc.constantFrom('ada', 'bo'), page: null },
};
