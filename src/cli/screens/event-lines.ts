import { commandText, type Command, type HistoryEvent } from '../../engine/index.js';
import type { Screen } from '../../report/terminal/screen.js';
import { hanging } from '../../report/terminal/wrap.js';
import type { EngineShowResult } from '../../results/index.js';
import { span } from './span.js';

type Event = EngineShowResult['history'][number];
type Failure = Extract<Event, { type: 'activity-failed' }>['failure'];

const TIME_WIDTH = 14;
const COMMAND_COLUMN = 16;
const MAX_VALUE_CHARS = 1_000;

/** One event of a history: when, what, and for a decision its commands below it. */
export function eventLines(event: Event, history: EngineShowResult['history'], screen: Screen): string[] {
  const time = `+${span(event.at - history[0]!.at)}`.padStart(TIME_WIDTH - 2);
  const { chalk, width } = screen;
  const head = hanging(time, sentence(event, history), TIME_WIDTH, width, chalk.dim);
  if (event.type !== 'decided') return head;
  return [...head, ...event.commands.flatMap((command) => commandLines(command as Command, width))];
}

function commandLines(command: Command, width: number): string[] {
  const label =
    ' '.repeat(COMMAND_COLUMN) + ('seq' in command && command.kind !== 'cancel-timer' ? `#${command.seq}` : '-');
  const words = command.kind === 'timer' ? `timer ${span(command.durationMs)}` : commandText(command);
  return hanging(label, clip(words), COMMAND_COLUMN + 4, width);
}

function sentence(event: Event, history: EngineShowResult['history']): string {
  switch (event.type) {
    case 'started':
      return `started${event.input === undefined ? '' : ` with ${value(event.input)}`}`;
    case 'decided':
      return event.commands.length === 0 ? 'decided: nothing new' : 'decided';
    case 'activity-completed':
      return `${nameOf(event.seq, history)} completed${event.result === undefined ? '' : `: ${value(event.result)}`}`;
    case 'attempt-failed':
      return `${nameOf(event.seq, history)} failed, attempt ${event.attempt}: ${failure(event.failure)}; again after ${span(event.retryAt - event.at)}`;
    case 'activity-failed':
      return `${nameOf(event.seq, history)} failed for good, attempt ${event.attempt}: ${failure(event.failure)}`;
    case 'timer-fired':
      return `timer #${event.seq} fired`;
    case 'signaled':
      return `signal ${event.name}(${event.args.map(value).join(', ')})`;
  }
}

function nameOf(seq: number, history: EngineShowResult['history']): string {
  const commands = (history as readonly HistoryEvent[]).flatMap((event) =>
    event.type === 'decided' ? event.commands : [],
  );
  const command = commands.find((one) => one.kind === 'activity' && one.seq === seq);
  return `${command?.kind === 'activity' ? command.name : 'activity'} #${seq}`;
}

function failure({ name, message, code }: Failure): string {
  return clip(`${name}${code === undefined ? '' : ` (${code})`}: ${message}`);
}

function value(given: unknown): string {
  return clip(JSON.stringify(given));
}

function clip(text: string): string {
  return text.length > MAX_VALUE_CHARS
    ? `${text.slice(0, MAX_VALUE_CHARS)}… (${text.length} letters, see --json)`
    : text;
}
