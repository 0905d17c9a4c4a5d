import { effect } from './effect.js';
import { charge, enlist, listedOrder, refund } from './listed-order.js';

/** An order that is charged and paid back, and in between put on a list, in the versions that `insert` that. */
export const chargedAndBack = (insert: () => boolean) =>
  listedOrder(async (id) => {
    await charge(id);
    if (insert()) await enlist(id);
    await refund(id);
  });

export const steps = [
  effect('payments.charge', 'exactly-once', 'charged-once'),
  effect('payments.refund', 'exactly-once', 'refunded-once'),
  effect('register.add', 'at-most-once', 'listed-once'),
];
