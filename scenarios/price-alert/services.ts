import { defineService } from 'crashwise/simulator';

const MANY = 2; // Of alerts, two are as bad as more.

/** A push service. It knows no keys, and sends what it is asked to send. */
const push = defineService({
  initial: { alerts: 0 },
  requests: {
    send: ({ alerts }, to: string) => ({
      state: { alerts: Math.min(alerts + 1, MANY) },
      result: null,
      effect: 'done',
      text: `the phone of ${to} buzzes`,
    }),
  },
});

/** The list of what people watch. An entry that is taken off is gone, however often that is asked for. */
const watchList = defineService({
  initial: { watched: true },
  requests: {
    takeOff: (_, entry: string) => ({
      state: { watched: false },
      result: null,
      effect: 'done',
      text: `${entry} is off the list`,
    }),
  },
});

export const services = { push, watchList };
