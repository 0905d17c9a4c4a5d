import { activities, condition, defineSignal, setHandler, sleep, workflow } from 'crashwise/engine';

/** What one execution does; drawn by the controller from its seed. */
export interface Plan {
  readonly parcels: number;
  readonly sleepMs: number;
  readonly notes: number;
  readonly deadlineMs: number;
  readonly doomed: boolean;
}

/** What an activity returns, or fails with: the call that it was, and which line of the ledger it wrote. */
export interface Done {
  readonly call: string;
  readonly nonce: string;
}

/** `flaky`: fails twice before it succeeds. */
type Act = (call: string, how: 'fine' | 'flaky' | 'doomed') => Done;

const retry = { initialIntervalMs: 15, backoffCoefficient: 1 };
const { reserve, pack, charge, ship } = activities<Record<'reserve' | 'pack' | 'charge' | 'ship', Act>>({ retry });
const { notify } = activities<{ notify: Act }>({ retry, startToCloseTimeoutMs: 400 });
const { inspect } = activities<{ inspect: Act }>({ retry: { ...retry, maximumAttempts: 2 } });

export const note = defineSignal<[string]>('note');

/** Something of all that a history can hold: parallel and failing activities, timers that fire or are cancelled, signals. */
export const order = workflow('order', async (plan: Plan) => {
  const heard: string[] = [];
  setHandler(note, (text) => {
    heard.push(text);
  });
  await reserve('reserve', 'fine');
  const parcels = await Promise.all(
    Array.from({ length: plan.parcels }, (_, n) => pack(`pack ${n}`, n % 2 === 0 ? 'fine' : 'flaky')),
  );
  await sleep(plan.sleepMs);
  const inTime = await condition(() => heard.length >= plan.notes, plan.deadlineMs);
  const [charged] = await Promise.all([charge('charge', 'flaky'), sleep(plan.sleepMs), notify('notify', 'fine')]);
  if (plan.doomed) await inspect('inspect', 'doomed');
  await ship('ship', 'fine');
  return { parcels: parcels.map(({ nonce }) => nonce), charged: charged.nonce, inTime };
});
