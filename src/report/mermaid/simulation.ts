import type { SimulationResult, SimulationRun } from '../../results/index.js';
import { price } from '../terminal/words.js';
import { sequenceDiagram } from './sequence-diagram.js';

/**
 * The stories of a result as Markdown: a heading, the sentence and a Mermaid sequence diagram for each violation,
 * expected or not, and for a schedule that was run again. Ends with a line break.
 *
 * @example
 * writeFileSync('stories.md', mermaidReport(result));
 */
export function mermaidReport({ runs }: SimulationResult): string {
  const sections = runs.flatMap(sectionsOf);
  return `${sections.length === 0 ? 'Nothing was broken: there is no story to draw.' : sections.join('\n\n')}\n`;
}

function sectionsOf({ scenario, pattern, violations, story, schedule = '' }: SimulationRun): string[] {
  const name = `${scenario}, ${pattern}`;
  const rerun = story
    ? [section(name, markdown(`The schedule ${schedule} breaks nothing.`), sequenceDiagram({ story }))]
    : [];
  const broken = violations.map((violation) => {
    const { property, sentence, reproduce } = violation;
    const text = `${markdown(`${sentence} It takes ${price(violation)}.`)}\n\n${fence('sh', reproduce.command)}`;
    return section(`${name}: ${property}`, text, sequenceDiagram(violation));
  });
  return [...broken, ...rerun];
}

function section(title: string, text: string, diagram: string): string {
  return `## ${markdown(title)}\n\n${text}\n\n${fence('mermaid', diagram)}`;
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function markdown(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll(/[\\`*_[\]<>&#|~]/g, String.raw`\$&`);
}
