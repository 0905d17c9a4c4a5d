import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'key order',
  blame: 'key order',
  use: 'which of two entries is put into a map last, in the result',
  guard: 'unseen',
};

type Headers = Readonly<Record<string, string>>;

const { storeMail } = activities<{ storeMail: (subject: string) => number }>();

export const wrong = workflow('header-last-one-wins', async (headers: Headers) => {
  const byName = new Map<string, string>();
  const add = ([name, value]: [string, string]): void => void byName.set(name.toLowerCase(), value);
  Object.entries(headers).forEach(add); // <- blame
  const mail = await storeMail(byName.get('subject') ?? '');
  return { mail, answerTo: byName.get('reply-to') ?? null };
});

export const repaired = workflow('header-last-one-wins-repaired', async (headers: Headers) => {
  const valueOf = (...names: string[]): string | undefined => names.map((name) => headers[name]).find(Boolean);
  const mail = await storeMail(valueOf('Subject', 'subject') ?? '');
  return { mail, answerTo: valueOf('Reply-To', 'reply-to') ?? null };
});

export const fuzz: FuzzPlan = {
  input: fc.record({
    subject: fc.constantFrom('Hello', 'Invoice'),
    'reply-to': fc.constantFrom('ada@example.com', 'bo@example.com'),
    'Reply-To': fc.constantFrom('ada@example.com', 'list@example.com'),
  }),
  results: { storeMail: fc.nat(500) },
};
