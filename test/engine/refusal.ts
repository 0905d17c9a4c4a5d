import { CrashwiseError, type Store } from 'crashwise/engine';
import { expect } from 'vitest';

/** What the body is refused with: an error of crashwise that says what happened, what happens now and what to do. */
export async function refusal(body: () => unknown): Promise<CrashwiseError> {
  try {
    await body();
  } catch (error) {
    if (!CrashwiseError.is(error)) throw new Error('This is no error of crashwise', { cause: error });
    expectAdvice(error);
    return error;
  }
  throw new Error('It was not refused');
}

export function expectAdvice({ code, message, next, hint }: CrashwiseError): void {
  for (const text of [code, message, next, hint]) expect(text, code).toMatch(/\S/);
}

/** Everything that a store has recorded, to be compared with what it has later. */
export async function recorded(store: Store): Promise<unknown> {
  const all = await store.list();
  return Promise.all(all.map(async (execution) => ({ execution, history: await store.history(execution.id) })));
}
