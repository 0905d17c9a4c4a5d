import type { SimulationViolation, StoryStep } from '../../results/index.js';
import type { Screen } from './screen.js';
import { alreadyTold, together } from './story-steps.js';
import { wrap } from './wrap.js';

const NO_WAY_BACK = '<- no way back from here';

type Story = Pick<SimulationViolation, 'story' | 'pointOfNoReturn'>;

/** The story, numbered as in the result. `above` are the violations that the screen has told before. */
export function storyLines(told: Story, above: readonly SimulationViolation[], screen: Screen): string[] {
  const { story, pointOfNoReturn = Infinity } = told;
  const columns = {
    number: String(story.at(-1)?.n ?? 1).length,
    life: `life ${Math.max(...story.map(({ life }) => life), 1)}`.length,
  };
  const skipped = alreadyTold(told, above);
  const lines = skipped ? wrap(`1-${skipped.steps} as in the story of ${skipped.property}`, screen.width - 2) : [];
  const groups = together(story.slice(skipped?.steps ?? 0));
  return [
    ...lines.map((line) => `  ${line}`),
    ...groups.flatMap(({ step, steps, times }, index) => {
      // What happens outside happens in no life; a crash says itself which one it ends.
      const acts = step.phase === 'before' || step.life !== groups[index - 1]?.step.life;
      return stepLines(step, {
        text: times === 1 ? step.text : `${step.text} (${steps === 1 ? '' : `these ${steps} steps `}${times} times)`,
        who: step.kind === 'step' && acts ? `life ${step.life}` : '',
        last: step.n <= pointOfNoReturn && pointOfNoReturn < step.n + steps * times,
        columns,
        screen,
      });
    }),
  ];
}

interface Telling {
  readonly text: string;
  readonly who: string;
  /** From here on every way leads to the same end. */
  readonly last: boolean;
  readonly columns: { readonly number: number; readonly life: number };
  readonly screen: Screen;
}

function stepLines({ n, kind }: StoryStep, { text, who, last, columns, screen }: Telling): string[] {
  const { chalk, width } = screen;
  const paint = kind === 'crash' ? chalk.red : String;
  const number = kind === 'crash' ? chalk.red.bold('✗'.padStart(columns.number)) : String(n).padStart(columns.number);
  const indent = columns.number + columns.life + 6;
  const parts = wrap(text, width - indent);
  const lines = parts.map((part, index) =>
    index === 0
      ? `  ${number}  ${chalk.dim(who.padEnd(columns.life))}  ${paint(part)}`
      : ' '.repeat(indent) + paint(part),
  );
  if (!last) return lines;
  const end = indent + parts.at(-1)!.length;
  const note = chalk.yellow(NO_WAY_BACK);
  if (end + 3 + NO_WAY_BACK.length > width) return [...lines, ' '.repeat(indent) + note];
  return [...lines.slice(0, -1), `${lines.at(-1)}   ${note}`];
}
