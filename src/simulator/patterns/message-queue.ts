import { keepPlain } from '../keep-plain.js';
import type { Life } from '../life.js';
import { Deadline, type Resource } from '../state.js';

/** A message as somebody sends it. */
export interface NewMessage {
  /** The kind of job. */
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly id: string };
  /** What a job of it is known by, in every delivery. Default: a fresh one for each message that is added. */
  readonly id?: string;
  /** Not before so long from now. Default: at once. */
  readonly delayMs?: number;
  /** With `fifo`: delivered in order with the others of its group, one at a time. */
  readonly group?: string;
}

/** A message that lies in the queue, or in its dead letter queue. */
export interface Message extends Omit<NewMessage, 'delayMs' | 'id'> {
  readonly id: string;
  /** Tells two messages of one id apart: one that was published twice, say. */
  readonly handle: string;
  readonly deliveries: number;
  /** Hidden until then; 0 for one that was never hidden. */
  readonly visibleAt: number;
}

export interface QueueState {
  readonly waiting: readonly Message[];
  readonly parked: readonly Message[];
}

export interface QueueLimits {
  readonly visibilityMs: number;
  readonly maxDeliveries: number;
  readonly backoffMs: number;
  readonly fifo: boolean;
}

/** Copies of one message that lie there: a relay that dies again and again would publish without end. */
const MAX_COPIES = 2;

/** Without a limit on them, the state tells only whether there was a delivery. */
const MANY = 1;

/** Doubled with each delivery, up to a thousand times the first. */
const MAX_DOUBLINGS = 10;

/**
 * A queue as the service that keeps it knows it: a message that was delivered is hidden for a while, and is delivered
 * again unless it was acknowledged by then. Each change here is one operation of the service.
 */
export class MessageQueue implements Resource<QueueState> {
  readonly name = 'queue';
  part: QueueState;
  readonly #limits: QueueLimits;

  constructor(limits: QueueLimits, messages: readonly NewMessage[]) {
    this.#limits = limits;
    this.part = { waiting: [], parked: [] };
    for (const [index, message] of messages.entries()) {
      this.put({ ...message, id: message.id ?? message.data.id }, `message-${index + 1}`, 0);
    }
  }

  view({ waiting, parked }: QueueState): unknown {
    const most = this.#limits.maxDeliveries === Infinity ? MANY : Infinity;
    const seen = ({ visibleAt, deliveries, ...message }: Message): unknown => ({
      ...message,
      deliveries: Math.min(deliveries, most),
      visible: visibleAt === 0 ? null : new Deadline(visibleAt),
    });
    return { waiting: waiting.map(seen), parked: parked.map(({ id, handle, name, data }) => [id, handle, name, data]) };
  }

  dropped({ waiting, parked }: QueueState): unknown {
    return [waiting.map(({ deliveries }) => deliveries), parked.map(({ deliveries }) => deliveries)];
  }

  put({ delayMs = 0, id, ...message }: NewMessage, handle: string, now: number): void {
    keepPlain(message.data, `the data of message ${message.name}`);
    const visibleAt = delayMs > 0 ? now + delayMs : 0;
    const copies = this.part.waiting.filter((one) => one.id === id);
    if (copies.length >= MAX_COPIES) return;
    const added: Message = { ...message, id: id ?? handle, handle, deliveries: 0, visibleAt };
    this.part = { ...this.part, waiting: [...this.part.waiting, added] };
  }

  /** What may be delivered now. Of a group only the first, and nothing while that one is hidden. */
  due(now: number): readonly Message[] {
    const { waiting } = this.part;
    const behind = ({ group }: Message, index: number): boolean =>
      this.#limits.fifo && group !== undefined && waiting.slice(0, index).some((other) => other.group === group);
    return waiting.filter((message, index) => message.visibleAt <= now && !behind(message, index));
  }

  /** What waits behind this message in its group. */
  behind(handle: string): readonly Message[] {
    const index = this.part.waiting.findIndex((one) => one.handle === handle);
    const group = this.part.waiting[index]?.group;
    if (!this.#limits.fifo || group === undefined) return [];
    return this.part.waiting.slice(index + 1).filter((other) => other.group === group && other.visibleAt === 0);
  }

  /** The queue has made two of a message. */
  copy(handle: string): void {
    const message = this.part.waiting.find((one) => one.handle === handle);
    if (!message || this.part.waiting.filter(({ id }) => id === message.id).length >= MAX_COPIES) return;
    const copy = { ...message, handle: `${handle}+`, visibleAt: 0 };
    this.part = { ...this.part, waiting: [...this.part.waiting, copy] };
  }

  /** When the next message that is hidden now may be delivered. */
  nextVisible(now: number): number {
    return Math.min(Infinity, ...this.part.waiting.map(({ visibleAt }) => visibleAt).filter((time) => time > now));
  }

  /** Delivers a message, unless somebody else has got it. Delivered too often before, it is parked instead. */
  receive(handle: string, life: Life, outOfOrder = false): Message | undefined {
    const message = (outOfOrder ? this.part.waiting : this.due(life.now)).find((one) => one.handle === handle);
    if (!message) return undefined;
    const { maxDeliveries, visibilityMs } = this.#limits;
    if (message.deliveries >= maxDeliveries) {
      this.#drop(message);
      this.part = { ...this.part, parked: [...this.part.parked, message] };
      life.note(`message ${message.id} was delivered ${message.deliveries} times: to the dead letter queue`);
      return undefined;
    }
    const delivered = { ...message, deliveries: message.deliveries + 1, visibleAt: life.now + visibilityMs };
    this.#replace(delivered);
    return delivered;
  }

  acknowledge(receipt: Message): void {
    if (this.#holds(receipt)) this.#drop(receipt);
  }

  /** After a failure: visible again after the backoff. */
  giveBack(receipt: Message, now: number): void {
    if (!this.#holds(receipt)) return;
    const doublings = Math.min(receipt.deliveries - 1, MAX_DOUBLINGS);
    this.#replace({ ...receipt, visibleAt: now + this.#limits.backoffMs * 2 ** doublings });
  }

  /** Throws if the message has been delivered to somebody else meanwhile, or is gone. */
  extend(receipt: Message, ms: number, now: number): void {
    if (!this.#holds(receipt)) throw new Error(`message ${receipt.id} is no longer held by this worker`);
    this.#replace({ ...receipt, visibleAt: now + ms });
  }

  /** What an operator does: everything that is parked is to be delivered again, counted from the start. */
  redrive(): void {
    const again = this.part.parked.map((message) => ({ ...message, deliveries: 0, visibleAt: 0 }));
    this.part = { waiting: [...this.part.waiting, ...again], parked: [] };
  }

  // A receipt is good until the message is delivered once more.
  #holds({ handle, deliveries }: Message): boolean {
    return this.part.waiting.some((one) => one.handle === handle && one.deliveries === deliveries);
  }

  #replace(message: Message): void {
    const waiting = this.part.waiting.map((one) => (one.handle === message.handle ? message : one));
    this.part = { ...this.part, waiting };
  }

  #drop({ handle }: Message): void {
    this.part = { ...this.part, waiting: this.part.waiting.filter((one) => one.handle !== handle) };
  }
}
