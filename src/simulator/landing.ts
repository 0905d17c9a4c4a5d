import { InjectedError, type Fault } from './fault.js';
import type { Call } from './life.js';

/**
 * Carries a call out, or what goes wrong with it, and keeps the outcome for its caller. Returns what is told of it. What
 * the outcome is as text is all that the caller can know of it.
 */
export async function land(call: Call, fault: Fault | undefined, note: (line: string) => void): Promise<string> {
  const { site, faults = { kinds: [] } } = call;
  const perform = async (): Promise<unknown> => call.perform();
  const fails = (name: InjectedError['name'], message: string): Promise<never> => {
    note(`${fault}: ${message}`);
    return Promise.reject(new InjectedError(name, `${site.name}: ${message}`));
  };
  const outcomes: Partial<Record<Fault, () => Promise<unknown>>> = {
    error: () => fails('TransientError', 'it fails before it arrives'),
    'store-error': () => fails('TransientError', 'the store does not do it'),
    'permanent-error': () => {
      faults.refuse?.();
      return fails('PermanentError', 'it is refused for good');
    },
    'timeout-after': async () => {
      await perform().catch(() => {});
      return fails('TimeoutError', 'it was carried out, and the answer is lost');
    },
    late: () => {
      faults.late?.();
      return fails('TimeoutError', 'no answer: it is still on its way');
    },
    duplicate: async () => {
      const first = perform();
      await first.catch(() => {});
      note('duplicate: it arrives a second time');
      await perform().catch(() => {});
      return first;
    },
    'stale-read': async () => {
      note('stale-read: the answer is of an older state');
      return faults.stale?.()?.();
    },
    conflict: async () => {
      note('conflict: somebody else has written in between');
      return faults.conflict?.();
    },
  };
  call.outcome = ((fault && outcomes[fault]) ?? perform)();
  call.outcome.catch(() => {}); // The caller hears of it with the answer.
  const failed = await call.outcome.then(
    (value: unknown) => {
      call.answer = JSON.stringify(value) ?? '';
      return undefined;
    },
    (error: unknown) => {
      call.answer = `throws ${String(error)} ${String((error as { code?: unknown })?.code)}`;
      return error;
    },
  );
  if (failed === undefined || failed instanceof InjectedError) return '';
  return `refused: ${failed instanceof Error ? failed.message : String(failed)}`;
}
