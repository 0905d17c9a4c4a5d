import { activities, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';

export const why = 'It loops over a Map whose keys come from outside, but they come in an array, whose order is kept.';

interface Ticket {
  readonly id: number;
  readonly team: string;
}

const { listTickets, assign } = activities<{
  listTickets: (inbox: string) => readonly Ticket[];
  assign: (team: string, ids: readonly number[]) => void;
}>();

export const right = workflow('tickets-grouped-in-a-map', async (inbox: string) => {
  const byTeam = new Map<string, number[]>();
  for (const { id, team } of await listTickets(inbox)) byTeam.set(team, [...(byTeam.get(team) ?? []), id]);
  for (const [team, ids] of byTeam) await assign(team, ids);
  return byTeam.size;
});

const ticket = fc.record({ id: fc.nat(99), team: fc.constantFrom('sales', 'billing', 'ops') });

export const fuzz: FuzzPlan = {
  input: fc.constantFrom('support', 'press'),
  results: { listTickets: fc.array(ticket, { maxLength: 5 }), assign: null },
};
