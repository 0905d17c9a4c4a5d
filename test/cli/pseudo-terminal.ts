import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const SCRIPT = '/usr/bin/script';
const PTY = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
const LONGEST_MS = 60_000;

/** A line of a shell as the command that runs it on a pseudo-terminal of util-linux, or of Python where there is none. */
export function onPseudoTerminal(line: string): readonly [command: string, ...args: string[]] {
  return existsSync(SCRIPT) ? [SCRIPT, '-qec', line, '/dev/null'] : ['python3', '-c', PTY, 'sh', '-c', line];
}

/**
 * Runs a line on a pseudo-terminal, and types: the keys of an answer when its question stands on the screen. What is
 * typed earlier would be lost with the question before.
 */
export async function typedInto(
  line: string,
  cwd: string,
  answers: readonly (readonly [question: string, keys: string])[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; screen: string }> {
  const { PATH = '', HOME = '' } = process.env;
  const [command, ...args] = onPseudoTerminal(line);
  const child = spawn(command, args, { cwd, env: { PATH, HOME, TERM: 'xterm', ...env }, timeout: LONGEST_MS });
  const open = [...answers];
  let screen = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += stripVTControlCharacters(text);
    const [question, keys] = open[0] ?? [];
    if (question === undefined || keys === undefined || !screen.includes(question, seen)) return;
    seen = screen.length;
    open.shift();
    child.stdin.write(keys);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return { code, screen };
}
