import { defineService, type ServiceClients } from 'crashwise/simulator';

/** Names and the addresses that they point to. */
export type Records = Readonly<Record<string, string>>;

/** A DNS provider with one record for each name: to change it, one removes it and creates it again. */
const dns = defineService({
  initial: { records: {} as Records },
  requests: {
    list: (state) => ({ state, result: state.records, effect: 'none', text: `the zone has ${inWords(state.records)}` }),
    create(state, { name, address }: { name: string; address: string }) {
      if (name in state.records) return { state, result: false, effect: 'refused', text: `${name} is there already` };
      const records = inOrder({ ...state.records, [name]: address });
      return { state: { records }, result: true, effect: 'done', text: `${name} points to ${address}` };
    },
    remove(state, { name, address }: { name: string; address: string }) {
      if (state.records[name] !== address) {
        return { state, result: false, effect: 'refused', text: `no ${name} points to ${address}` };
      }
      const { [name]: _, ...records } = state.records;
      return { state: { records }, result: true, effect: 'done', text: `${name} is gone` };
    },
  },
});

export const services = { dns };

/** Makes the zone look as it should: reads it, and acts on the difference. */
export async function converge(wanted: Records, { dns: provider }: ServiceClients<typeof services>): Promise<void> {
  const there = await provider.list();
  const right = (name: string): boolean => there[name] === wanted[name];
  for (const [name, address] of Object.entries(there)) if (!right(name)) await provider.remove({ name, address });
  for (const [name, address] of Object.entries(wanted)) if (!right(name)) await provider.create({ name, address });
}

/** By name: the order in which records came is no part of a zone. */
function inOrder(records: Records): Records {
  return Object.fromEntries(Object.entries(records).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function inWords(records: Records): string {
  const all = Object.entries(records).map(([name, address]) => `${name} ${address}`);
  return all.length === 0 ? 'no records' : all.sort().join(', ');
}
