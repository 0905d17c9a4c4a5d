import type { SimulationViolation } from '../../results/index.js';
import { differences } from './difference.js';
import { TEXT_COLUMN, type Screen } from './screen.js';
import { hanging, plain } from './wrap.js';

/** The world without a crash beside the world of the story: only where they differ. */
export function worldLines({ expectedWorld, actualWorld }: SimulationViolation, screen: Screen): string[] {
  const { width, chalk } = screen;
  const found = differences(expectedWorld, actualWorld);
  if (found.length === 0) {
    return hanging('  world', 'outside, all is as it is without a crash', TEXT_COLUMN, width, chalk.dim);
  }
  const paths = found.map(({ path }) => plain(path));
  const indent = TEXT_COLUMN + Math.min(Math.max(...paths.map(({ length }) => length)), Math.floor(width / 3)) + 2;
  return (['expected', 'actual'] as const).flatMap((side) =>
    found.flatMap((difference, index) => {
      const label = (index === 0 ? `  ${side}` : '').padEnd(TEXT_COLUMN);
      return hanging(`${label}${paths[index]}`, difference[side], indent, width, (text) =>
        text.startsWith(label) ? chalk.dim(label) + text.slice(label.length) : text,
      );
    }),
  );
}
