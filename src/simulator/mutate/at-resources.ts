import type { Resource } from '../state.js';
import type { Mutation } from './operator.js';

/** Changes resources of a machinery, each made anew for every life. `change` replaces methods of those that it knows. */
export function atResources(change: (resource: Resource) => void): Mutation {
  return {
    pattern: (pattern) => ({
      ...pattern,
      resources() {
        const resources = pattern.resources();
        resources.forEach(change);
        return resources;
      },
    }),
  };
}
