import { defineFlow, StepRefused } from 'crashwise/simulator';
import type { searchable, services } from './services.js';

type All = Omit<typeof services, 'cards'> & { readonly cards: ReturnType<typeof searchable> };
type Quote = { readonly amount: number };
type Booked = { readonly charge: string; readonly amount: number };

/** Take a quote, charge it, invoice it, wait three days, provision; pay back if that is refused. */
export function trialFlow(name: string, has: (addition: string) => boolean) {
  const number = 't1';
  return defineFlow<All, { readonly name: string }>({
    id: number,
    input: { name },
    steps: [
      { name: 'quote', run: ({ services: { prices } }) => prices.quote() },
      {
        name: 'charge',
        run: async ({ services: { cards }, key, resultOf }): Promise<Booked> => {
          const { amount } = await resultOf<Quote>('quote');
          const { conflict, ...booked } = await cards.charge({ reference: number, amount, key });
          if (conflict) throw new Error('the processor knows this key with another amount');
          return booked as Booked;
        },
        // What is charged is what the invoice says. Before there is one, only the processor could know.
        read: async ({ services: { books, cards } }): Promise<Booked | undefined> => {
          const invoice = await books.find({ number });
          if (invoice) return { charge: invoice.charge, amount: invoice.amount };
          const charge = has('lookup-by-id') ? await cards.find({ reference: number }) : null;
          return charge ? { charge: charge.id, amount: charge.amount } : undefined;
        },
        undo: async ({ services: { cards }, resultOf }) => {
          await cards.refund({ charge: (await resultOf<Booked>('charge')).charge });
        },
      },
      {
        name: 'invoice',
        run: async ({ services: { books }, resultOf }) => {
          await books.invoice({ number, ...(await resultOf<Booked>('charge')) });
        },
        read: async ({ services: { books } }) => (await books.find({ number })) ?? undefined,
      },
      { name: 'wait', waitMs: 3 * 86_400_000 },
      {
        name: 'provision',
        run: async ({ services: { workspaces }, input }) => {
          if ((await workspaces.create(input)) === 'refused') throw new StepRefused(`"${input.name}" is refused`);
        },
        read: async ({ services: { workspaces }, input }) => ((await workspaces.find(input)) ? true : undefined),
      },
    ],
  });
}
