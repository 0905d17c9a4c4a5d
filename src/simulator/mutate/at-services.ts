import type { Machine } from '../pattern.js';
import type { Scenario, Step } from '../scenario.js';
import type { Answer, Services } from '../service.js';
import type { Mutation } from './operator.js';

type Args = readonly unknown[];
type Send = (args: Args, how?: How) => Promise<unknown>;

/** What a changed service is to make of a request, other than answering it. `peek`: the answer alone, without the effect. */
export type How = 'peek' | 'changed';

/** A request that the process makes. */
export interface Outgoing {
  /** `service.request`. */
  readonly effect: string;
  /** The step whose effect it is, if it is one. */
  readonly step: Step | undefined;
  readonly args: Args;
  /** Sends it on, with these arguments; what it means stays what it meant with the old ones. */
  readonly send: Send;
  /** Sends something else in its place. */
  readonly sendOther: (effect: string, args: Args) => Promise<unknown>;
}

/** A request that arrives at its service, with `how: 'changed'`. */
export interface Arriving {
  readonly state: unknown;
  readonly args: Args;
  /** What the service as it is makes of a request. */
  readonly serve: (state: unknown, args: Args) => Answer<unknown>;
}

export interface ServiceChange {
  /** What is done in place of a request. Called once in each life: what it keeps in variables dies with the process. */
  readonly client?: (machine: Machine) => (request: Outgoing) => Promise<unknown>;
  readonly arrival?: (arriving: Arriving) => Answer<unknown>;
}

/** What travels in place of the arguments: what is asked for, and what it was meant to be. */
interface Envelope {
  readonly meant: Args;
  readonly sent: Args;
  readonly how?: How | undefined;
}

/** Changes what lies between the code and the services. The ledger goes by what a request means, not by what was sent. */
export function atServices(change: ServiceChange, { steps }: Scenario): Mutation {
  const stepOf = new Map(steps.map((step) => [step.effect, step]));
  return {
    scenario: (scenario) => ({
      ...scenario,
      services: mapped(scenario.services, (service) => ({
        ...service,
        requests: mapped(service.requests as Record<string, Serve>, (serve) => changed(serve, change)),
      })) as Services,
      steps: scenario.steps.map((step) => ({
        ...step,
        key: (envelope: Envelope) => step.key(...(envelope.meant as never[])),
        text: (envelope: Envelope) => step.text(...(envelope.sent as never[])),
      })),
    }),
    pattern: (pattern) => ({
      ...pattern,
      start(machine, resources) {
        const act = change.client?.(machine) ?? (({ args, send }: Outgoing) => send(args));
        const clients = machine.services as Record<string, Record<string, (envelope: Envelope) => Promise<unknown>>>;
        const sender =
          (effect: string, meant: Args): Send =>
          (sent, how) => {
            const [service, request] = effect.split('.') as [string, string];
            return clients[service]![request]!({ meant, sent, how });
          };
        const services = mapped(clients, (client, service) =>
          mapped(client, (_, request) => (...args: unknown[]) => {
            const effect = `${service}.${request}`;
            const sendOther: Outgoing['sendOther'] = (other, theirs) => sender(other, theirs)(theirs);
            return act({ effect, step: stepOf.get(effect), args, send: sender(effect, args), sendOther });
          }),
        );
        pattern.start({ ...machine, services }, resources);
      },
    }),
  };
}

type Serve = (state: unknown, ...args: unknown[]) => Answer<unknown>;

function changed(serve: Serve, { arrival }: ServiceChange) {
  const served = (state: unknown, args: Args): Answer<unknown> => serve(state, ...args);
  return (state: unknown, { sent, how }: Envelope): Answer<unknown> => {
    if (how === 'peek') return { ...served(state, sent), state, effect: 'none', text: '' };
    if (how === 'changed' && arrival) return arrival({ state, args: sent, serve: served });
    return served(state, sent);
  };
}

function mapped<T, R>(object: Readonly<Record<string, T>>, change: (value: T, name: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));
}
