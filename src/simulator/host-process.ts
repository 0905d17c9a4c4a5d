/** The process has no microtask and no tick left: it waits for a call, or for time. */
export function quiescent(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Timers, sockets, files, immediates: what keeps this process busy outside the boundaries of a life. */
export function outsideWork(): number {
  return process.getActiveResourcesInfo().length;
}
