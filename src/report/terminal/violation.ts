import type { SimulationRun, SimulationViolation } from '../../results/index.js';
import { commandLines } from './command.js';
import { expectationOf } from './expectation.js';
import { placeLines } from './frame.js';
import { TEXT_COLUMN, type Screen } from './screen.js';
import { storyLines } from './story.js';
import { verdictPaint } from './verdict-paint.js';
import { price } from './words.js';
import { worldLines } from './worlds.js';
import { hanging, wrap } from './wrap.js';

const INDENT = 'VIOLATED'.length + 2;

export interface Told {
  readonly run: SimulationRun;
  readonly violation: SimulationViolation;
  /** Whether other patterns are violated too, so that the pattern must be named. */
  readonly shared: boolean;
}

/** Verdict, story, place, cause, how to see it again. `told` are the violations above it on the screen. */
export function violationLines(subject: Told, told: readonly Told[], screen: Screen): string[] {
  const { run, violation } = subject;
  const { hint, page, location, reproduce } = violation;
  const ofThisRun = told.filter((other) => other.run === run).map((other) => other.violation);
  const again = told.some(
    ({ violation: other }) => other.location?.file === location?.file && other.location?.line === location?.line,
  );
  const field = (label: string, text: string): string[] =>
    hanging(`  ${label}`, text, TEXT_COLUMN, screen.width, screen.chalk.dim);
  return [
    ...verdictLines(subject, screen),
    '',
    ...storyLines(violation, ofThisRun, screen),
    '',
    ...(location ? [...placeLines(location, again, screen), ''] : []),
    ...worldLines(violation, screen),
    '',
    ...(hint === undefined ? [] : field('try', hint)),
    ...commandLines('  again', reproduce.command, screen),
    ...(page === undefined ? [] : field('read', screen.pagePath(page) ?? page)),
  ];
}

function verdictLines({ run, violation, shared }: Told, screen: Screen): string[] {
  const { property, sentence } = violation;
  const { chalk, width } = screen;
  // A sentence that ends in what another one says may bring two full stops.
  const said = sentence.replace(/(?<!\.)\.\.$/, '.');
  const text = `${shared ? `${run.pattern}, ` : ''}${property}: ${said}`;
  const note = price(violation);
  const lines = hanging('VIOLATED', text, INDENT, width, verdictPaint('violated', screen));
  // Counted on the text alone: the label of the first line may carry colour.
  const end = INDENT + wrap(text, width - INDENT).at(-1)!.length;
  if (end + 3 + note.length <= width) lines.push(`${lines.pop()}   ${chalk.bold(note)}`);
  else lines.push(' '.repeat(INDENT) + chalk.bold(note));
  if (run.expected === 'violated' && run.expectedProperties.includes(property)) return lines;
  return [...lines, ...hanging('  NOT expected', expectationOf(run), TEXT_COLUMN, width, chalk.red.bold)];
}
