import type { AmbientCall } from '../engine/index.js';

const OUTSIDE = [
  'setTimeout|setInterval|timers/promises\\.(?:setTimeout|setInterval|scheduler\\.wait)|AbortSignal\\.timeout',
  'fs\\.(?!.*Sync\\()\\w+',
  'fs\\.(?:write|append|rm|unlink|mkdir|mkdtemp|rename|copy|cp|truncate|link|symlink)\\w*',
  'child_process|dns|fetch|https?2?|net|tls|dgram|new (?:WebSocket|EventSource|XMLHttpRequest)',
];
const GOES_OUTSIDE = new RegExp(`^(?:${OUTSIDE.join('|')})\\b`);

/**
 * Whether a call waits for a time, a disk, a process or a machine that the simulation does not see, or changes a file. It may
 * be over before anybody looks, and what comes if it takes longer is on no path.
 */
export function goesOutside({ call }: AmbientCall): boolean {
  return GOES_OUTSIDE.test(call);
}
