import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'key order',
  blame: 'key order',
  use: 'Object.entries() of the input, as an argument',
  guard: 'unseen',
};

type Contact = Readonly<Record<string, string>>;

const { appendRow } = activities<{ appendRow: (sheet: string, cells: readonly string[]) => number }>();

export const wrong = workflow('contact-row-entries', async (contact: Contact) => {
  const cells = Object.entries(contact).map(([field, value]) => `${field}=${value}`); // <- blame
  return appendRow('contacts', cells);
});

export const repaired = workflow('contact-row-entries-repaired', async (contact: Contact) => {
  const cells = ['name', 'email', 'city'].map((field) => `${field}=${contact[field] ?? ''}`);
  return appendRow('contacts', cells);
});

export const fuzz: FuzzPlan = {
  input: fc.record({
    name: fc.constantFrom('Ada', 'Bo'),
    email: fc.constantFrom('ada@example.com', 'bo@example.com'),
    city: fc.constantFrom('Ulm', 'Ghent'),
  }),
  results: { appendRow: fc.nat(99) },
};
