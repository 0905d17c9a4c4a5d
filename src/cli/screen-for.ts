import { widthFor, type Screen } from '../report/terminal/screen.js';
import { columnsOf } from './columns-of.js';
import type { Output } from './output.js';
import { pagePath } from './page-path.js';
import { readSource } from './read-source.js';

/** What a screen on this stream is drawn with. */
export async function screenFor(stream: 'stdout' | 'stderr', output: Output): Promise<Screen> {
  return { chalk: await output.chalk(stream), width: widthFor(columnsOf(process[stream])), readSource, pagePath };
}
