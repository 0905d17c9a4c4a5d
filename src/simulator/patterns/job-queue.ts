import type { Life } from '../life.js';
import { Deadline, type Resource } from '../state.js';

export interface Job {
  /** `name:id`: adding a job that is already there does nothing. */
  readonly key: string;
  readonly name: string;
  readonly data: { readonly id: string };
  /** Taken by a worker, and hidden from others until then; 0 if nobody has it. */
  readonly lockedUntil: number;
}

/** What code does with the queue: jobs of one name and id are one job. */
export interface Queue {
  add(name: string, data: { readonly id: string }): Promise<void>;
}

/** Jobs with a visibility timeout: one that was taken and not acknowledged is delivered again, without a limit. */
export class JobQueue implements Resource<readonly Job[]> {
  static readonly visibilityMs = 30_000;
  readonly name = 'queue';
  part: readonly Job[] = [];

  view(part: readonly Job[]): unknown {
    return part.map(({ lockedUntil, ...job }) => ({
      ...job,
      locked: lockedUntil === 0 ? null : new Deadline(lockedUntil),
    }));
  }

  client(life: Life): Queue {
    return {
      add: (name, data) =>
        life.call({ name: `queue.add:${name}`, kind: 'hand-on', text: `hand on: job ${name} for ${data.id}` }, () => {
          const key = `${name}:${data.id}`;
          if (!this.part.some((job) => job.key === key))
            this.part = [...this.part, { key, name, data, lockedUntil: 0 }];
        }),
    };
  }

  due(now: number): readonly Job[] {
    return this.part.filter(({ lockedUntil }) => lockedUntil <= now);
  }

  take(job: Job, life: Life): Promise<void> {
    return life.call(
      { name: `queue.take:${job.name}`, kind: 'other', text: `take job ${job.name} for ${job.data.id}` },
      () => {
        const lockedUntil = life.now + JobQueue.visibilityMs;
        this.part = this.part.map((other) => (other.key === job.key ? { ...other, lockedUntil } : other));
      },
    );
  }

  acknowledge(job: Job, life: Life): Promise<void> {
    return life.call({ name: `queue.ack:${job.name}`, kind: 'other', text: '' }, () => {
      this.part = this.part.filter(({ key }) => key !== job.key);
    });
  }
}
