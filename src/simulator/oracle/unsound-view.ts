import type { Exit } from '../explore/request-graph.js';
import type { LifePlan } from '../schedule.js';

/** A view that leaves out what matters, and the lives after which that shows: in the last of them, or in the next one. */
export interface UnsoundView {
  readonly text: string;
  readonly lives: readonly LifePlan[];
}

/** `exits`: the crashes after which it shows. */
export function unsoundView(service: string, what: string, exits: readonly Exit[]): UnsoundView {
  const crashes = `${exits.length} ${exits.length === 1 ? 'crash' : 'crashes'}`;
  return {
    text: `${service}: an unsound view: after ${crashes}, ${what}, and the view leaves that out`,
    lives: exits.map(({ plan }) => plan()),
  };
}
