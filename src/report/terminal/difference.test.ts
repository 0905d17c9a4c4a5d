import { expect, test } from 'vitest';
import { differences } from './difference.js';

test('only what differs, as deep as the short forms need', () => {
  const charge = { id: 'ch_1', amount: 49 };
  const expected = { cards: { charges: [charge], customers: [{ id: 'cus_1' }] }, mail: { sent: 1 } };
  const actual = { cards: { charges: [charge, { id: 'ch_2' }], customers: [{ id: 'cus_1' }] }, mail: { sent: 0 } };
  expect(differences(expected, actual)).toEqual([
    { path: 'cards.charges', expected: '1: ch_1', actual: '2: ch_1, ch_2' },
    { path: 'mail.sent', expected: '1', actual: '0' },
  ]);
  expect(differences({ charges: [charge] }, { charges: [{ ...charge, amount: 50 }] })).toEqual([
    { path: 'charges[0].amount', expected: '49', actual: '50' },
  ]);
});

test('long lists are counted, names are taken as they come', () => {
  const names = Array.from({ length: 1_000 }, (_, at) => at);
  const [found] = differences({ constructor: [] }, { constructor: names });
  expect(found).toEqual({ path: 'constructor', expected: '0', actual: '1,000: 0, 1, 2, 3, 4, 5, 6, 7, and 992 more' });
  expect(differences({}, { constructor: 'x' })).toEqual([{ path: 'constructor', expected: 'nothing', actual: '"x"' }]);
});
