import { blocksOf, callOf, type Block, type Call, type Statement, type Trial } from './program.js';

// fast-check shrinks each choice within the arm that was taken; it cannot hoist what is inside a loop out of it, and
// its walk over such deep programs takes minutes. This one cuts whole blocks first.

/** The smallest trial, reached in steps that all still fail, within the time given. */
export async function shrink(trial: Trial, limitMs: number, fails: (trial: Trial) => Promise<boolean>): Promise<Trial> {
  const until = performance.now() + limitMs;
  let smallest = trial;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const candidate of smallerTrials(smallest)) {
      if (performance.now() > until) return smallest;
      if (!(await fails(candidate))) continue;
      smallest = candidate;
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

function* smallerTrials(trial: Trial): Generator<Trial> {
  const { program, signals } = trial;
  for (const smaller of smallerBlocks(program)) yield { ...trial, program: smaller };
  for (const index of signals.keys()) yield { ...trial, signals: signals.toSpliced(index, 1) };
  if (trial.upgradeAt !== null) yield { ...trial, upgradeAt: null };
  if (trial.version === 0) yield { ...trial, version: 1 };
}

// The largest cuts first: a statement gone, then what it holds in its place, then smaller statements.
function* smallerBlocks(block: Block): Generator<Block> {
  for (const index of block.keys()) yield block.toSpliced(index, 1);
  for (const [index, statement] of block.entries()) {
    for (const inner of blocksOf(statement)) yield block.toSpliced(index, 1, ...inner);
  }
  for (const [index, statement] of block.entries()) {
    for (const smaller of smallerStatements(statement)) yield block.with(index, smaller);
  }
}

function* smallerStatements(statement: Statement): Generator<Statement> {
  switch (statement.kind) {
    case 'all':
    case 'race':
    case 'settled':
      for (const [index, branch] of statement.branches.entries()) {
        if (statement.branches.length > 1) yield { ...statement, branches: statement.branches.toSpliced(index, 1) };
        for (const smaller of smallerBlocks(branch))
          yield { ...statement, branches: statement.branches.with(index, smaller) };
      }
      break;
    case 'loop':
      if (statement.times > 1) yield { ...statement, times: statement.times - 1 };
      for (const body of smallerBlocks(statement.body)) yield { ...statement, body };
      break;
    case 'try':
      for (const body of smallerBlocks(statement.body)) yield { ...statement, body };
      for (const rescue of smallerBlocks(statement.rescue)) yield { ...statement, rescue };
      break;
    case 'if':
    case 'patch':
      for (const yes of smallerBlocks(statement.yes)) yield { ...statement, yes };
      for (const no of smallerBlocks(statement.no)) yield { ...statement, no };
      break;
    case 'wait':
      if (statement.timeoutMs !== null) yield { ...statement, timeoutMs: null };
      if (statement.more > 0) yield { ...statement, more: statement.more - 1 };
      break;
    default: {
      const call = callOf(statement);
      if (statement.kind === 'call') yield* smallerCalls(statement);
      else if (call && statement.kind !== 'sleep') {
        for (const smaller of smallerCalls(call)) yield { ...statement, call: smaller } as Statement;
        if (statement.kind === 'handler') yield { ...statement, call: null };
      }
      if (statement.kind === 'handler' && statement.relay) yield { ...statement, relay: false };
    }
  }
}

function* smallerCalls(call: Call): Generator<Call> {
  if (call.fails > 0) yield { ...call, fails: 0 };
  if (call.fails > 1) yield { ...call, fails: 1 };
  if (call.slowMs > 0) yield { ...call, slowMs: 0 };
  if (call.slowMs > 1_000) yield { ...call, slowMs: 1_000 };
  if (call.arg.kind !== 'constant') yield { ...call, arg: { kind: 'constant', value: 0 } };
}
