import { InjectedError, type Fault } from './fault.js';
import type { Call } from './life.js';

/**
 * Carries a call out, or what goes wrong with it, and keeps the outcome for its caller. Returns what is told of it. What
 * the outcome is as text is all that the caller can know of it.
 */
export function land(call: Call, fault: Fault | undefined, note: (line: string) => void): string | Promise<string> {
  if (fault !== undefined) return settled(call, goWrong(call, fault, note));
  try {
    const value = call.perform();
    // Most answer at once, and a promise for each of them is dear.
    return value instanceof Promise ? settled(call, value) : done(call, value);
  } catch (error) {
    return failed(call, error);
  }
}

function settled(call: Call, outcome: Promise<unknown>): Promise<string> {
  return outcome.then(
    (value: unknown) => done(call, value),
    (error: unknown) => failed(call, error),
  );
}

function done(call: Call, value: unknown): string {
  call.outcome = { value };
  // The text may be long, and few ask for it: it is made at once only of what the caller can change.
  const text = isFixed(value) ? undefined : JSON.stringify(value);
  call.answer = () => text ?? JSON.stringify(value) ?? '';
  return '';
}

function failed(call: Call, error: unknown): string {
  call.outcome = { error };
  const text = `throws ${String(error)} ${String((error as { code?: unknown } | undefined)?.code)}`;
  call.answer = () => text;
  if (error instanceof InjectedError) return '';
  return `refused: ${error instanceof Error ? error.message : String(error)}`;
}

async function perform({ perform: work }: Call): Promise<unknown> {
  return work();
}

async function goWrong(call: Call, fault: Fault, note: (line: string) => void): Promise<unknown> {
  const faults = call.faults();
  const fails = (name: InjectedError['name'], message: string): never => {
    note(`${fault}: ${message}`);
    throw new InjectedError(name, `${call.called.site.name}: ${message}`);
  };
  switch (fault) {
    case 'error':
      return fails('TransientError', 'it fails before it arrives');
    case 'store-error':
      return fails('TransientError', 'the store does not do it');
    case 'permanent-error':
      faults.refuse?.();
      return fails('PermanentError', 'it is refused for good');
    case 'timeout-after':
      await perform(call).catch(() => {});
      return fails('TimeoutError', 'it was carried out, and the answer is lost');
    case 'late':
      faults.late?.();
      return fails('TimeoutError', 'no answer: it is still on its way');
    case 'duplicate': {
      const first = perform(call);
      await first.catch(() => {});
      note('duplicate: it arrives a second time');
      await (faults.again ?? (() => perform(call).catch(() => {})))();
      return first;
    }
    case 'reorder':
      note('reorder: a later one comes first');
      return faults.reordered?.();
    case 'stale-read':
      note('stale-read: the answer is of an older state');
      return faults.stale?.();
    case 'conflict':
      return fails('ConflictError', 'somebody else is writing there: nothing is written');
    default:
      return perform(call); // A pause, or an edge: the call itself goes well.
  }
}

function isFixed(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isFixed);
}
