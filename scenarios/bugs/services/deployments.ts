import type { Scenario } from 'crashwise/simulator';

type Pattern = Scenario['patterns'][number];
type Resource = ReturnType<Pattern['resources']>[number];

/** Which version a process that starts now runs. */
class Deployed implements Resource {
  readonly name = 'deployed';
  part = 0;

  view(part: unknown): unknown {
    return part;
  }
}

/**
 * Versions of one flow over one store, deployed one after the other. A process keeps the version that it started with,
 * and in its time the next one is deployed, or is not; so a run comes to the n-th version after n - 1 processes.
 */
export function deployments(first: Pattern, ...others: readonly Pattern[]): Pattern {
  const versions = [first, ...others];
  return {
    ...first,
    assumes: [...first.assumes, 'a process takes up a new version only by starting again'],
    resources: () => [...first.resources(), new Deployed()],
    start(machine, resources) {
      const deployed = resources.at(-1) as Deployed;
      const version = deployed.part;
      const run = (): void => versions[version]!.start(machine, resources.slice(0, -1));
      const text = `version ${version + 2} is deployed`;
      if (version + 1 < versions.length && machine.life.choose(2) === 1) {
        const site = { name: `deploy:${version + 2}`, kind: 'other', text } as const;
        const deploy = (): void => void (deployed.part = Math.max(deployed.part, version + 1));
        void machine.life.call(site, deploy, () => ({ kinds: [] })).then(run);
      } else {
        run();
      }
    },
    ...(first.hazards
      ? {
          async hazards(states) {
            const found = await Promise.all(versions.map((one) => one.hazards?.(states) ?? []));
            return [...new Set(found.flat())];
          },
        }
      : {}),
  };
}

/** While a deployment is rolled out, or back: each process that starts is of the one version or of the other. */
export function rollout(old: Pattern, fresh: Pattern): Pattern {
  return {
    ...old,
    assumes: [...old.assumes, 'one process of one version is at work at a time'],
    start(machine, resources) {
      const version = machine.life.choose(2) === 0 ? old : fresh;
      version.start(machine, resources);
    },
  };
}
