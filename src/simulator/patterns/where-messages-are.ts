import type { Message, QueueState } from './message-queue.js';

/** Where the messages of a queue are, in words: those first that nobody will look at again. */
export function whereMessagesAre({ waiting, parked }: QueueState): string {
  const [dead] = parked;
  if (dead) return `message ${dead.id} lies in the dead letter queue after ${times(dead)}`;
  const [next] = waiting;
  if (next) return `message ${next.id} is in the queue after ${times(next)}`;
  return 'the queue is empty';
}

function times({ deliveries }: Message): string {
  return deliveries === 1 ? '1 delivery' : `${deliveries} deliveries`;
}
