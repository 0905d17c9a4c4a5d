import { linesOf } from './lines-of.js';

/** The text of one history of a file; `line` is null where the whole file is one. */
export interface HistoryText {
  readonly text: string;
  readonly line: number | null;
}

/**
 * The texts of a file: one a line, or all of it. It holds many if its name says so or if its first line is JSON by itself;
 * else it is one, laid out over several lines.
 */
export async function* historyTexts(file: string): AsyncGenerator<HistoryText> {
  let [line, isFirst] = [0, true];
  let holdsMany = /\.(?:jsonl|ndjson)$/.test(file);
  const whole: string[] = [];
  for await (const raw of linesOf(file)) {
    line += 1;
    const text = line === 1 ? raw.replace(/^\uFEFF/, '') : raw;
    if (isFirst && text.trim() !== '') {
      isFirst = false;
      holdsMany ||= isJson(text);
    }
    if (!holdsMany) whole.push(text);
    else if (text.trim() !== '') yield { text, line };
  }
  if (!holdsMany || isFirst) yield { text: whole.join('\n'), line: null };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
