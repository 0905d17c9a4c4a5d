import { defineScenario, durable, queue } from 'crashwise/simulator';
import { bookingJobs } from './queue.js';
import { services } from './services.js';
import { booking, bookingActivities } from './workflow.js';

type Call = { booking: string; key: string };

/** A step at the agency. */
const step = (title: string, request: string, done: string) => ({
  title,
  effect: `agency.${request}`,
  property: `${done}-once`,
  key: ({ booking: id }: Call) => id,
  text: ({ booking: id, key }: Call) => `${title}, booking ${id}, key ${key}`,
  twice: (id: string) => `The seat of booking ${id} was ${done} twice.`,
  never: (id: string) => `The seat of booking ${id} was never ${done}.`,
});

export default defineScenario({
  name: 'booking',
  title: 'hold a seat, pay, get the ticket; give up after two tries and take all back',
  services,
  keys: ['b1'],
  steps: [
    { ...step('hold the seat', 'hold', 'held'), class: 'exactly-once' },
    { ...step('pay for the seat', 'pay', 'paid'), class: 'exactly-once' },
    { ...step('refund the seat', 'refund', 'refunded'), class: 'at-most-once', undoes: 'agency.pay' },
    { ...step('release the seat', 'release', 'released'), class: 'at-most-once', undoes: 'agency.hold' },
  ],
  goal: {
    property: 'booking-ends',
    // In this world there is never a ticket, so the only good end is that nothing is left.
    reached: ({ agency: { refunded, released } }) => refunded.length > 0 && released.length > 0,
    missed: (where) => `Booking b1 has no ticket, and is not taken back either: ${where}.`,
  },
  patterns: [
    queue<typeof services>({
      messages: [{ name: 'booking', data: { id: 'b1' } }],
      maxDeliveries: 3,
      jobs: bookingJobs,
    }),
    durable({ workflow: booking, activities: bookingActivities, start: { id: 'b1', input: { id: 'b1' } } }),
  ],
  expected: { queue: { verdict: 'violated', properties: ['booking-ends'] } },
  hints: { 'booking-ends': 'write down what happens after the last try, in the same place as the tries' },
  pages: { 'booking-ends': 'docs/errors/never-ends.md' },
  assumes: [
    'the agency remembers a key for as long as a retry may come',
    'the airline never issues this ticket: the longest way through the flow',
    'all I/O of the flow goes through the service of this scenario',
  ],
});
