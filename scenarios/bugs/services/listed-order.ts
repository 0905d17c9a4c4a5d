import { activities, activityInfo, workflow } from 'crashwise/engine';
import { durable, type Scenario, type ServiceClients } from 'crashwise/simulator';
import { payments } from './payments.js';
import { register } from './register.js';

/** What an order has to do with: it is charged, paid back and put on a list. */
export const services = { payments, register };

const toActivities = ({ payments: api, register: list }: ServiceClients<typeof services>) => ({
  charge: (key: string) => api.charge({ key, amount: 49 }),
  enlist: (id: string) => list.add({ id, unique: true }),
  refund: (of: string) => api.refund({ of, key: activityInfo().idempotencyKey }),
});

export const { charge, enlist, refund } = activities<ReturnType<typeof toActivities>>();

/** A version of an order. */
export const listedOrder = (code: (id: string) => Promise<void>): Scenario['patterns'][number] =>
  durable({ workflow: workflow('order', code), activities: toActivities, start: { id: 'o1', input: 'o1' } });
