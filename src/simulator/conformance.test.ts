import { describe, expect, test } from 'vitest';
import { testResource, type ResourceUnderTest } from './conformance.js';
import type { Life } from './life.js';
import { Ledger } from './ledger.js';
import { JobQueue } from './patterns/job-queue.js';
import { StatusTable } from './patterns/status-table.js';
import { Database } from './patterns/table.js';
import { PlainData } from './plain-data.js';
import type { Resource } from './state.js';

const SITE = { name: 'rows.put', kind: 'record', text: 'put a row' } as const;
const put = (resource: Resource<unknown>, life: Life): Promise<unknown> =>
  (resource as PlainData<{ rows: number }>).call(life, SITE, ({ rows }) => ({
    data: { rows: rows + 1 },
    answer: rows,
  }));
const plain = { create: () => new PlainData('rows', { rows: 0 }) as Resource<unknown>, calls: { put, again: put } };

describe('plain data', () => testResource(plain, test));

describe('the queue of the accidental pattern', () => {
  const create = () => new JobQueue();
  const add = (queue: Resource<unknown>, life: Life) => (queue as JobQueue).client(life).add('send', { id: 'a' });
  const take = (queue: Resource<unknown>, life: Life) => (queue as JobQueue).take((queue as JobQueue).part[0]!, life);
  testResource({ create: create as () => Resource<unknown>, calls: { add, take } }, test);
});

describe('its tables, and the status column', () => {
  const update = (database: Resource<unknown>, life: Life) =>
    (database as Database).table('rows', life).update('a', { status: 'new' });
  testResource(
    { create: () => new Database(1_000) as unknown as Resource<unknown>, calls: { update, again: update } },
    test,
  );
  const set = (table: Resource<unknown>, life: Life) => (table as StatusTable).column(life).set('a', 'new', 'done');
  testResource({ create: () => new StatusTable(['a'], 'new') as unknown as Resource<unknown>, calls: { set } }, test);
});

/** The first case that fails for it. */
async function firstFailing(given: ResourceUnderTest<unknown>): Promise<string | undefined> {
  const cases: [string, () => Promise<void>][] = [];
  testResource(given, (name, body) => cases.push([name, body]));
  for (const [name, body] of cases) {
    const failed = await body().then(
      () => false,
      () => true,
    );
    if (failed) return name;
  }
  return undefined;
}

/** A resource over an object of this kind, with faults that each break one clause. */
class Shelf implements Resource<unknown> {
  readonly name = 'shelf';
  part: unknown = { books: [] as readonly string[] };
  view(part: unknown): unknown {
    return part;
  }
  books(): readonly string[] {
    return (this.part as { books: readonly string[] }).books;
  }
  put(life: Life): Promise<unknown> {
    return life.call(SITE, () => void (this.part = { books: [...this.books(), 'book'] }));
  }
}

const BROKEN: Readonly<Record<string, [string, new () => Shelf]>> = {
  'it changes its part in place': [
    'a snapshot stays as it is, whatever happens after it',
    class extends Shelf {
      override put(life: Life) {
        return life.call(SITE, () => void (this.books() as string[]).push('book'));
      }
    },
  ],
  'it keeps something besides its part': [
    'assigning a snapshot restores: what follows is the same again, in another instance too',
    class extends Shelf {
      #count = 0;
      override put(life: Life) {
        return life.call(SITE, () => void (this.part = { books: [...this.books(), `book ${(this.#count += 1)}`] }));
      }
    },
  ],
  'its view differs from look to look': [
    'a snapshot stays as it is, whatever happens after it',
    class extends Shelf {
      #looks = 0;
      override view(part: unknown) {
        return [part, (this.#looks += 1)];
      }
    },
  ],
  'it acts before the call lands': [
    'each call leaves its four phases, and happens whole when it lands',
    class extends Shelf {
      override put(life: Life) {
        this.part = { books: [...this.books(), 'book'] };
        return life.call(SITE, () => {});
      }
    },
  ],
  'it acts after the call has landed': [
    'each call leaves its four phases, and happens whole when it lands',
    class extends Shelf {
      override put(life: Life) {
        return life.call(SITE, () => {}).then(() => void (this.part = { books: [...this.books(), 'book'] }));
      }
    },
  ],
  'it makes no call': [
    'each call leaves its four phases, and happens whole when it lands',
    class extends Shelf {
      override async put() {
        this.part = { books: [...this.books(), 'book'] };
      }
    },
  ],
};

test.each(Object.entries(BROKEN))('a resource is caught: %s', async (_, [name, Broken]) => {
  const calls = { put: (shelf: Resource<unknown>, life: Life) => (shelf as Shelf).put(life) };
  expect(await firstFailing({ create: () => new Broken(), calls })).toBe(name);
});

test('the ledger is a resource too, though it is called within the calls of services', () => {
  const ledger = new Ledger();
  const before = ledger.part;
  ledger.enter('a.b', 'k', 'done');
  expect(before).not.toBe(ledger.part);
  expect(before.repeated).toEqual([]);
});
