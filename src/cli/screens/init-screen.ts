import type { InitResult } from '../../results/index.js';

/** What was written, and the next command. */
export function initScreen({ files, next }: InitResult): string {
  const lines = files.map((file, index) => `${index === 0 ? 'wrote' : '     '}  ${file}`);
  return [...lines, '', `next   ${next}`, ''].join('\n');
}
