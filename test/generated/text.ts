import { callOf, type Block, type Call, type Expression, type Statement, type Test, type Trial } from './program.js';

/** A trial as people read it: the program as code, then what the run adds. */
export function trialText({ program, version, upgradeAt, signals, seed }: Trial): string {
  const sent = signals.map(({ name, at, mode }) => `${name} ${mode} event ${at}`).join(', ') || 'none';
  const upgrade = upgradeAt === null ? '' : `, then ${version + 1} after event ${upgradeAt}`;
  return [...blockLines(program), `-- code version ${version}${upgrade}; signals: ${sent}; seed ${seed}`].join('\n');
}

function blockLines(block: Block): string[] {
  return block.flatMap(statementLines);
}

function indented(block: Block): string[] {
  return blockLines(block).map((line) => `  ${line}`);
}

// oxlint-disable-next-line complexity -- one case for each kind of statement
function statementLines(statement: Statement): string[] {
  const call = callOf(statement);
  switch (statement.kind) {
    case 'call':
      return [`await ${callText(statement)}`];
    case 'start':
      return [`start ${callText(statement.call)}`];
    case 'join':
      return [`join handle ${statement.index}`];
    case 'all':
    case 'race':
    case 'settled':
      return [
        `${statement.kind} #${statement.label} {`,
        ...statement.branches.flatMap((branch, index) => [...(index > 0 ? ['|'] : []), ...indented(branch)]),
        '}',
      ];
    case 'loop':
      return [`loop ${statement.times} times {`, ...indented(statement.body), '}'];
    case 'sleep':
      return [`sleep #${statement.label} ${statement.ms} ms`];
    case 'wait': {
      const { label, signal, more, timeoutMs } = statement;
      return [`wait #${label} for ${more} more ${signal}${timeoutMs === null ? '' : `, at most ${timeoutMs} ms`}`];
    }
    case 'handler': {
      const how = `${call ? ` with ${callText(call)}` : ''}${statement.relay ? ', then in another way' : ''}`;
      return [`handle #${statement.label} ${statement.signal}${how}`];
    }
    case 'try':
      return [
        `try #${statement.label} {`,
        ...indented(statement.body),
        '} catch {',
        ...indented(statement.rescue),
        '}',
      ];
    case 'if':
      return [
        `if ${testText(statement.test)} {`,
        ...indented(statement.yes),
        '} else {',
        ...indented(statement.no),
        '}',
      ];
    case 'patch':
      return [`if patched ${statement.id} {`, ...indented(statement.yes), '} else {', ...indented(statement.no), '}'];
    case 'throw':
      return [`throw #${statement.label}`];
  }
}

function callText({ label, name, policy, fails, error, slowMs, arg }: Call): string {
  const failing = fails > 0 ? `, ${error} ${fails} times` : '';
  return `${name} #${label}(${expressionText(arg)})  [retry ${policy}${failing}${slowMs > 0 ? `, takes ${slowMs} ms` : ''}]`;
}

function expressionText(expression: Expression): string {
  return expression.kind === 'constant' ? String(expression.value) : expression.kind;
}

function testText(test: Test): string {
  return test.kind === 'received' ? `received ${test.atLeast} ${test.signal}` : test.kind;
}
