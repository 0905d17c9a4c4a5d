import { simulatorError } from '../errors.js';
import type { CallFaults, Life } from '../life.js';
import type { Message, MessageQueue } from './message-queue.js';
import type { JobHandlers } from './queue-client.js';

const LOOK_AGAIN_MS = 1_000;

export interface ConsumerOptions {
  readonly life: Life;
  readonly queue: MessageQueue;
  readonly handlers: JobHandlers;
  readonly concurrency: number;
  /** Whether an operator moves parked messages back, once in each life. */
  readonly redrives: boolean;
  /** The next thing for the relay to do, if there is any: it goes before the next job. */
  readonly relay: (() => (() => Promise<void>) | undefined) | undefined;
}

/** The process: fetches what may be delivered, hands it to its handler, acknowledges it after that. */
export async function runConsumer(options: ConsumerOptions): Promise<never> {
  const { life, queue, concurrency, relay } = options;
  const running = new Set<Promise<void>>();
  let redriven = !options.redrives;

  const fetch = async ({ name, id, handle }: Message): Promise<void> => {
    const site = { name: `queue.receive:${name}`, kind: 'other', text: `receive message ${id}` } as const;
    // The queue itself may deliver twice, and a later message of the group first.
    const [next] = queue.behind(handle);
    const faults = (): CallFaults => ({
      kinds: ['store-error', 'duplicate', ...(next ? (['reorder'] as const) : [])],
      again: () => queue.copy(handle),
      reordered: () => queue.receive(next!.handle, life, true),
    });
    const message = await life
      .call(site, () => queue.receive(handle, life), faults)
      .catch(async (error: unknown) => {
        life.note(`the queue cannot be read: ${String(error)}`);
        await new Promise<void>((resolve) => void life.clock.at(life.now + LOOK_AGAIN_MS, resolve));
        return undefined;
      });
    if (!message) return;
    const job = work(options, message)
      .catch((error: unknown) => life.note(`message ${id} is not acknowledged: ${String(error)}`))
      .finally(() => running.delete(job));
    running.add(job);
  };
  const redrive = async (): Promise<void> => {
    const site = { name: 'operator.redrive', kind: 'other', text: 'an operator redrives what is parked' } as const;
    await life.call(site, () => queue.redrive());
    redriven = true;
  };

  // An error of the store ends no consumer: it polls again.
  const trying = (request: Promise<void>): Promise<void> =>
    request.catch((error: unknown) => life.note(`the consumer goes on after an error: ${String(error)}`));

  for (;;) {
    const publish = relay?.();
    if (publish) {
      await trying(publish());
      continue;
    }
    const due = running.size < concurrency ? queue.due(life.now) : [];
    const idle = running.size === 0 && queue.part.waiting.length === 0;
    // What it sees of the queue decides what it does, as an answer would.
    life.give(`due: ${due.map(({ handle }) => handle).join(' ')}`);
    if (due.length > 0) await trying(fetch(due[life.choose(due.length)]!));
    else if (idle && !redriven && queue.part.parked.length > 0) await trying(redrive());
    else await nextEvent(life, queue.nextVisible(life.now), running);
  }
}

async function work({ life, queue, handlers }: ConsumerOptions, receipt: Message): Promise<void> {
  const { id, name, data, deliveries } = receipt;
  const site = (what: string, text: string) => ({ name: `queue.${what}:${name}`, kind: 'other', text }) as const;
  const extend = (ms: number): Promise<void> =>
    life.call(site('extend', `hide message ${id} for another ${ms} ms`), () => queue.extend(receipt, ms, life.now));
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!handler) {
    const known = Object.keys(handlers).join(', ');
    return life.abandon(simulatorError('scenario-invalid', `No job handles message "${name}". There are: ${known}.`));
  }
  try {
    await life.during(Promise.resolve(handler({ id, name, data, deliveries, extend })));
  } catch (error) {
    life.note(`it fails: ${String(error)}`);
    await life.call(site('retry', ''), () => queue.giveBack(receipt, life.now));
    return;
  }
  await life.call(site('ack', `acknowledge message ${id}`), () => queue.acknowledge(receipt));
}

/** A job has ended, or a message becomes visible. */
function nextEvent(life: Life, visibleAt: number, running: ReadonlySet<Promise<void>>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = visibleAt < Infinity ? life.clock.at(visibleAt, resolve) : () => {};
    for (const job of running) {
      void job.then(() => {
        cancel();
        resolve();
      });
    }
  });
}
