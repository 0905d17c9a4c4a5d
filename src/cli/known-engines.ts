/** Packages by which an engine is known in a package.json, and how it is called. */
export const KNOWN_ENGINES: readonly { readonly engine: string; readonly package: RegExp }[] = [
  { engine: 'Temporal', package: /^@temporalio\/(?:workflow|worker|client|activity)$/ },
  { engine: 'Restate', package: /^@restatedev\/restate-sdk/ },
  { engine: 'Inngest', package: /^inngest$/ },
  { engine: 'DBOS', package: /^@dbos-inc\/dbos-sdk$/ },
  { engine: 'OpenWorkflow', package: /^openworkflow$/ },
  { engine: 'Workflow DevKit', package: /^workflow$/ },
  { engine: 'Hatchet', package: /^@hatchet-dev\/typescript-sdk$/ },
  { engine: 'Trigger.dev', package: /^@trigger\.dev\/sdk$/ },
  { engine: 'Resonate', package: /^@resonatehq\/sdk$/ },
  { engine: 'Crashwise', package: /^crashwise$/ },
];
