import { commandText, type Commit, type Command, type Store } from '../engine/index.js';
import type { Life, Site } from './life.js';

/** A store whose every call is a boundary of the life: it lands, and is answered, when the schedule says so. */
export function boundedStore(store: Store, life: Pick<Life, 'call'>): Store {
  /** By execution and seq: what the commands on record are called. */
  const names = new Map<string, Map<number, string>>();
  const learn = (id: string, events: Commit['events']): void => {
    let known = names.get(id);
    if (!known) names.set(id, (known = new Map()));
    for (const command of commandsOf(events)) {
      if ('seq' in command) known.set(command.seq, command.kind === 'activity' ? command.name : `timer ${command.seq}`);
    }
  };
  const read = (name: string): Site => ({ name, kind: 'other', text: '' });
  return {
    create: (started) =>
      life.call({ name: 'start', kind: 'start', text: `start execution ${started.id}` }, () => store.create(started)),
    signal: (id, event) =>
      life.call({ name: `signal:${event.name}`, kind: 'record', text: `signal ${event.name}` }, () =>
        store.signal(id, event),
      ),
    claim: (request) => life.call({ name: 'claim', kind: 'other', text: '' }, () => store.claim(request)),
    renew: (lease, until) => life.call({ name: 'renew', kind: 'other', text: '' }, () => store.renew(lease, until)),
    commit: async (lease, commit) => {
      const site = commitSite(commit, (seq) => names.get(lease.id)?.get(seq) ?? `timer ${seq}`);
      const committed = await life.call(site, () => store.commit(lease, commit));
      if (committed) learn(lease.id, commit.events);
      return committed;
    },
    history: async (id) => {
      const history = await life.call(read('read-history'), () => store.history(id));
      learn(id, history);
      return history;
    },
    get: (id) => life.call(read('read-execution'), () => store.get(id)),
    list: (filter) => life.call(read('list'), () => store.list(filter)),
    nextDue: (workflows) => life.call(read('read-next-due'), () => store.nextDue(workflows)),
    close: () => store.close(),
  };
}

function commandsOf(events: Commit['events']): Command[] {
  return events.flatMap((event) => (event.type === 'decided' ? event.commands : []));
}

function commitSite({ events, status, release }: Commit, nameOf: (seq: number) => string): Site {
  const results = events.filter((event) => event.type.startsWith('activity-') || event.type === 'attempt-failed');
  const next = commandsOf(events).map(commandText).join(', ');
  const then = next === '' ? '' : `, next: ${next}`;
  if (results.length > 0) {
    const names = results.map((event) => nameOf('seq' in event ? event.seq : 0)).join('+');
    return { name: `record:${names}`, kind: 'record', text: `write down ${names}${then}` };
  }
  if (events.some((event) => event.type === 'timer-fired'))
    return { name: 'record:timer', kind: 'other', text: `the timer fires${then}` };
  if (events.length > 0) return { name: 'decide', kind: 'other', text: `decide: ${next}` };
  return { name: release ? 'release' : `set-${status}`, kind: 'other', text: '' };
}
