import type { Workflow } from '../../engine/index.js';
import type { Run } from '../../engine/run.js';
import { currentScope } from '../../engine/scope.js';
import type { Machine, Pattern } from '../pattern.js';
import { durable, type DurableOptions } from '../patterns/durable.js';
import type { ServiceClients, Services } from '../service.js';
import type { Mutation } from './operator.js';

type Options = DurableOptions<Services, unknown>;
type Durable = Pattern & { readonly options: Options };

export interface WorkflowChange {
  /** Called at the start of each run of workflow code, which is one for each replay too. */
  readonly begin: (run: Run, machine: Machine) => Promise<void> | void;
  /** What the worker knows besides the activities of the scenario. */
  readonly activities?: object;
}

/** Changes what workflow code finds around it. A pattern that has no workflow stays as it is. */
export function atWorkflow({ begin, activities = {} }: WorkflowChange): Mutation {
  return {
    pattern(pattern) {
      if (!isDurable(pattern)) return pattern;
      const { options } = pattern;
      const { workflow } = options;
      // The machine of a life is known when it starts: so the workflow and its worker are made then.
      const changedFor = (machine: Machine): Options => ({
        ...options,
        workflow: {
          ...workflow,
          async run(input: unknown) {
            await begin(currentScope() as Run, machine);
            return workflow.run(input);
          },
        } as Workflow<unknown>,
        activities: (services: ServiceClients<Services>) =>
          Object.assign(Object.create(options.activities(services)) as object, activities),
      });
      return { ...pattern, start: (machine, resources) => durable(changedFor(machine)).start(machine, resources) };
    },
  };
}

function isDurable(pattern: Pattern): pattern is Durable {
  return pattern.name === 'durable' && 'options' in pattern;
}
