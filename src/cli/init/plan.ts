import type { InitAnswers, InitPattern } from './answers.js';
import { camelCase } from './camel-case.js';
import type { Project } from './project-of.js';

/** A step of the flow, with its names. */
export interface PlannedStep {
  /** `charge card` */
  readonly title: string;
  /** `chargeCard` */
  readonly name: string;
  /** `charge-card` */
  readonly slug: string;
  /** The service that does it: `provider` honours keys, `notifier` does not. */
  readonly service: 'provider' | 'notifier';
}

/** All that the templates need to know. */
export interface Plan {
  readonly entity: string;
  /** `trialSignup` */
  readonly name: string;
  readonly pattern: InitPattern;
  readonly steps: readonly PlannedStep[];
  readonly services: readonly PlannedStep['service'][];
  /** What an import of a file beside ends in: `.js`. */
  readonly ending: string;
  /** A text that only TypeScript has, such as `: string`; JavaScript leaves it out. */
  readonly type: (text: string) => string;
}

export function planOf({ entity, pattern, steps, twice }: InitAnswers, { typescript, extension }: Project): Plan {
  const planned = steps.map((title): PlannedStep => {
    const service = twice.includes(title) ? 'notifier' : 'provider';
    return { title, name: camelCase(title), slug: title.replaceAll(' ', '-').toLowerCase(), service };
  });
  return {
    entity,
    name: camelCase(entity),
    pattern,
    steps: planned,
    services: (['provider', 'notifier'] as const).filter((name) => planned.some(({ service }) => service === name)),
    ending: `.${extension.replace('t', 'j')}`,
    type: (text) => (typescript ? text : ''),
  };
}
