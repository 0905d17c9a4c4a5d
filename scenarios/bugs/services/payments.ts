import { defineService } from 'crashwise/simulator';

interface Books {
  readonly charges: readonly { readonly key: string; readonly amount: number }[];
  /** Keys of refunds that were paid. */
  readonly refunds: readonly string[];
  /** Keys of charges that may never happen any more. */
  readonly cancelled: readonly string[];
}

const initial: Books = { charges: [], refunds: [], cancelled: [] };

const has = ({ charges }: Books, key: string): boolean => charges.some((charge) => charge.key === key);

/** A card processor that honours keys: one charge and one refund for each. */
export const payments = defineService({
  initial,
  requests: {
    charge(books, { key, amount }: { key: string; amount: number }) {
      if (has(books, key) || books.cancelled.includes(key)) {
        return { state: books, result: null, effect: 'refused', text: `the processor knows ${key}` };
      }
      const charges = [...books.charges, { key, amount }];
      return { state: { ...books, charges }, result: null, effect: 'done', text: `the processor charges ${amount}` };
    },
    /** Pays back the charge `of`, if there is one. */
    refund(books, { of, key }: { of: string; key: string }) {
      if (!has(books, of)) return { state: books, result: null, effect: 'none', text: `there is no charge ${of}` };
      if (books.refunds.includes(key)) {
        return { state: books, result: null, effect: 'refused', text: `the processor knows refund ${key}` };
      }
      const refunds = [...books.refunds, key];
      return { state: { ...books, refunds }, result: null, effect: 'done', text: `the processor refunds ${of}` };
    },
    /** Pays back the charge `of`, or sees to it that it never happens. */
    cancel(books, { of }: { of: string }) {
      if (books.cancelled.includes(of)) {
        return { state: books, result: null, effect: 'refused', text: `${of} is cancelled already` };
      }
      const cancelled = [...books.cancelled, of];
      const refunds = has(books, of) ? [...books.refunds, of] : books.refunds;
      return { state: { ...books, refunds, cancelled }, result: null, effect: 'done', text: `${of} is cancelled` };
    },
  },
});

/** How many charges stand. */
export const kept = ({ charges, refunds }: Books): number => charges.length - refunds.length;
