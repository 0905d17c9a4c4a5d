import { keepPlain } from '../keep-plain.js';
import type { Life } from '../life.js';
import type { Resource } from '../state.js';
import type { Surroundings } from '../surroundings.js';
import type { MessageQueue, NewMessage } from './message-queue.js';
import type { Fields } from './table.js';

interface OutboxState {
  /** By table and id. */
  readonly rows: Readonly<Record<string, Fields>>;
  /** Committed, and not known to be published. */
  readonly messages: readonly (NewMessage & { readonly id: string })[];
}

/** What is written in one transaction: all of it or nothing. */
export interface Transaction {
  put(table: string, id: string, fields: Fields): void;
  add(name: string, data: NewMessage['data'], options?: Omit<NewMessage, 'name' | 'data'>): void;
}

export interface OutboxTools {
  readonly rows: { get(table: string, id: string): Promise<Fields | undefined> };
  /** `write` is called once, and does not wait for anything. */
  readonly transaction: (write: (transaction: Transaction) => void) => Promise<void>;
}

/** A database in which messages lie beside the rows until a relay has published them. */
export class Outbox implements Resource<OutboxState> {
  readonly name = 'outbox';
  part: OutboxState = { rows: {}, messages: [] };

  view(part: OutboxState): unknown {
    return part;
  }

  tools(surroundings: Surroundings, life: Life): OutboxTools {
    return {
      rows: {
        get: (table, id) =>
          life.call({ name: `${table}.get`, kind: 'other', text: `read row ${id} of ${table}` }, () => {
            const row = this.part.rows[`${table}/${id}`];
            life.note(row ? `row ${id} is ${JSON.stringify(row)}` : `there is no row ${id}`);
            return row;
          }),
      },
      transaction: (write) => {
        const written: string[] = [];
        let { rows, messages } = { rows: {} as Record<string, Fields>, messages: [] as NewMessage[] };
        write({
          put(table, id, fields) {
            rows = { ...rows, [`${table}/${id}`]: keepPlain({ ...fields }, `row ${id}`) };
            written.push(`row ${id} of ${table}`);
          },
          add(name, data, options = {}) {
            messages = [...messages, { ...options, name, data: keepPlain({ ...data }, `the data of message ${name}`) }];
            written.push(`message ${name} for ${data.id}`);
          },
        });
        return life.call({ name: 'transaction', kind: 'record', text: `commit ${written.join(' and ')}` }, () => {
          const added = messages.map((message) => ({ ...message, id: message.id ?? surroundings.freshId() }));
          this.part = { rows: { ...this.part.rows, ...rows }, messages: [...this.part.messages, ...added] };
        });
      },
    };
  }

  /** Publishes the oldest message, then takes it out: a crash in between publishes it again, under the same id. */
  relay(queue: MessageQueue, surroundings: Surroundings, life: Life): () => (() => Promise<void>) | undefined {
    return () => {
      const [oldest] = this.part.messages;
      if (!oldest) return undefined;
      return async () => {
        await life.call({ name: 'outbox.publish', kind: 'hand-on', text: `publish message ${oldest.name}` }, () =>
          queue.put(oldest, surroundings.freshId(), life.now),
        );
        await life.call({ name: 'outbox.clear', kind: 'other', text: '' }, () => {
          this.part = { ...this.part, messages: this.part.messages.slice(1) };
        });
      };
    };
  }
}
