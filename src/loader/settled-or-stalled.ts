import { once } from 'node:events';

/** As the promise, or an error where it never settles: a module that awaits for ever would end the process in silence. */
export async function settledOrStalled<T>(loading: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const { signal } = stop;
  const stalled = once(process, 'beforeExit', { signal }).then(() => {
    throw new Error('It awaits something at its top level that never comes.');
  });
  stalled.catch(() => {}); // Aborted, once the module is there.
  try {
    return await Promise.race([loading, stalled]);
  } finally {
    stop.abort();
  }
}
