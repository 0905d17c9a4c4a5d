import { readFileSync } from 'node:fs';
import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'file system',
  blame: 'fs.readFileSync()',
  use: 'the text of a template, as an argument',
  guard: 'refused',
};

interface Sale {
  readonly customer: string;
  readonly euros: number;
}

const { readTemplate, sendMail } = activities<{
  readTemplate: (name: string) => string;
  sendMail: (to: string, text: string) => void;
}>();

const file = new URL('../files/receipt.txt', import.meta.url);
const fill = (template: string, { customer, euros }: Sale): string =>
  template.replace('{customer}', customer).replace('{euros}', String(euros));

export const wrong = workflow('receipt-template-file', async (sale: Sale) => {
  const template = readFileSync(file, 'utf8'); // <- blame
  await sendMail(sale.customer, fill(template, sale));
  return 'sent';
});

export const repaired = workflow('receipt-template-file-repaired', async (sale: Sale) => {
  const template = await readTemplate('receipt');
  await sendMail(sale.customer, fill(template, sale));
  return 'sent';
});

export const fuzz: FuzzPlan = {
  input: fc.record({ customer: fc.constantFrom('ada', 'bo'), euros: fc.nat(300) }),
  results: { readTemplate: 'Dear {customer}, {euros} euros.', sendMail: null },
};
