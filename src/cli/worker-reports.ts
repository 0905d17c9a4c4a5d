import type { CrashwiseError } from '../engine/index.js';
import type { EngineRunResult } from '../results/index.js';
import { nearPaths } from './near-paths.js';
import type { Output } from './output.js';
import { screenFor } from './screen-for.js';
import { errorText } from './screens/error-text.js';

const AGAIN_MS = 60_000;

/** What a worker reports, told on stderr and kept. The same again is told once a minute. */
export async function reporter(
  output: Output,
): Promise<{ report: (error: CrashwiseError) => void; reports: EngineRunResult['reports'] }> {
  const screen = await screenFor('stderr', output);
  const reports: EngineRunResult['reports'] = [];
  const toldAt = new Map<string, number>();
  const report = (error: CrashwiseError): void => {
    const { code, message } = error;
    const known = toldAt.get(`${code} ${message}`);
    if (known !== undefined && Date.now() - known < AGAIN_MS) return;
    if (known === undefined) reports.push({ code, message: nearPaths(message) });
    toldAt.set(`${code} ${message}`, Date.now());
    output.talk(errorText(error, screen));
  };
  return { report, reports };
}
