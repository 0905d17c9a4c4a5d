import type { CrashwiseError } from '../engine/index.js';
import { widthFor } from '../report/terminal/screen.js';
import type { EngineRunResult } from '../results/index.js';
import { columnsOf } from './columns-of.js';
import type { Output } from './output.js';
import { readSource } from './read-source.js';
import { divergenceLines, divergenceOf } from './screens/divergence.js';
import { errorText } from './screens/error-text.js';

const AGAIN_MS = 60_000;

/** What a worker reports, told on stderr and kept. The same again is told once a minute. */
export async function reporter(
  output: Output,
): Promise<{ report: (error: CrashwiseError) => void; reports: EngineRunResult['reports'] }> {
  const chalk = await output.chalk('stderr');
  const screen = { chalk, width: widthFor(columnsOf(process.stderr)), readSource };
  const reports: EngineRunResult['reports'] = [];
  const toldAt = new Map<string, number>();
  const report = (error: CrashwiseError): void => {
    const { code, message } = error;
    const known = toldAt.get(`${code} ${message}`);
    if (known !== undefined && Date.now() - known < AGAIN_MS) return;
    if (known === undefined) reports.push({ code, message });
    toldAt.set(`${code} ${message}`, Date.now());
    const divergence = divergenceOf(error);
    output.talk(errorText(error, chalk, divergence && divergenceLines(divergence, screen)));
  };
  return { report, reports };
}
