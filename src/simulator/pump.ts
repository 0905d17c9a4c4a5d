import type { Violation } from './explore/findings.js';
import type { World } from './world.js';

/**
 * Whether the last crash of a violation can be made again and again, and each time an effect happens once more: the state
 * would grow without end, were counts not cut at two. After the acceleration of Karp and Miller (1969).
 */
export async function isPump(world: World, { kind, schedule }: Violation): Promise<boolean> {
  const cut = schedule.lives.findLast(({ crash }) => crash);
  if (kind !== 'ledger' || !cut?.crash || cut.faults.length > 0) return false;
  const { site, occurrence, phase } = cut.crash;
  let state = world.initial;
  const totals: number[] = [];
  // The lives up to that crash, and then the same crash twice more.
  for (const plan of [...schedule.lives.slice(0, schedule.lives.indexOf(cut)), cut, cut, cut]) {
    const at = plan.crash!;
    const { end, moments } = await world.life(state, plan, {
      until: ({ point }) => point.site === at.site && point.occurrence === at.occurrence && point.phase === at.phase,
    });
    if (end !== 'stopped') return false;
    state = moments.at(-1)!.state;
    if (at.site === site && at.occurrence === occurrence && at.phase === phase) totals.push(world.ledger(state).total);
  }
  const [first, second, third] = totals.slice(-3);
  return second! > first! && third! > second!;
}
