import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It changes what it was given, but a copy, and so nothing that another execution sees.';

interface Quote {
  readonly customer: string;
  lines: string[];
}

const { loadExtras, sendQuote } = activities<{
  loadExtras: (customer: string) => readonly string[];
  sendQuote: (quote: Quote) => string;
}>();

const TEMPLATE: Readonly<Quote> = { customer: '', lines: ['setup'] };

export const right = workflow('quote-draft-cloned', async (customer: string) => {
  const quote = { ...structuredClone(TEMPLATE), customer };
  quote.lines.push(...(await loadExtras(customer)));
  return sendQuote(quote);
});

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('ada', 'bo'),
  results: { loadExtras: fc.array(fc.constantFrom('training', 'support'), { maxLength: 3 }), sendQuote: 'q_1' },
};
