import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;

/** Tests that start processes run what is built: build it anew if a source is newer. */
export default function build(): void {
  const built = newest(join(root, 'dist'), '.js');
  if (built < newest(join(root, 'src'), '.ts')) {
    execFileSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit' });
  }
  // The flows that killed processes run, as JavaScript: loading TypeScript would take longer than all they do.
  execFileSync('node_modules/.bin/tsc', ['-p', 'test/kill/tsconfig.json'], { cwd: root, stdio: 'inherit' });
}

function newest(directory: string, suffix: string): number {
  try {
    const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(suffix));
    return Math.max(0, ...files.map((file) => statSync(join(directory, file)).mtimeMs));
  } catch {
    return 0; // Nothing is built yet.
  }
}
