import { Progress, type Execution, type Store } from '../engine/index.js';

/**
 * A question to ask again and again: is nothing running and nothing due, of these workflows? A retry to come counts as
 * running, a timer does not. Blocked executions count as due until they have been tried once since the watch began, for
 * the code may have been mended.
 */
export async function idleWatch(store: Store, workflows: readonly string[]): Promise<() => Promise<boolean>> {
  const ours = ({ workflow }: { readonly workflow: string }): boolean => workflows.includes(workflow);
  const blockedBefore = (await store.list({ status: 'blocked' })).filter(ours);
  // Each claim makes the token grow.
  const untried = new Map(blockedBefore.map(({ id, leaseToken }) => [id, leaseToken]));
  /** By id: the length of a history in which no activity is pending, so that it is read once. */
  const noRetry = new Map<string, number>();
  return async () => {
    const now = Date.now();
    for (const one of (await store.list({ status: 'blocked' })).filter(ours)) {
      if (isHeld(one) || untried.get(one.id) === one.leaseToken) return false;
    }
    for (const one of (await store.list({ status: 'running' })).filter(ours)) {
      if (isHeld(one) || (one.wakeAt !== null && one.wakeAt <= now)) return false;
      if (noRetry.get(one.id) === one.length) continue;
      if (new Progress(await store.history(one.id)).activities.length > 0) return false;
      noRetry.set(one.id, one.length);
    }
    return true;
  };
}

function isHeld({ leaseOwner }: Execution): boolean {
  return leaseOwner !== null;
}
