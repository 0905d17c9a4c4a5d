import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`);
export const pages = ['README.md', 'ARCHITECTURE.md', ...filesIn('docs'), ...filesIn('scenarios')]
  .filter((file) => file.endsWith('.md') && existsSync(join(root, file)))
  .sort();
export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** A fenced block: its language, what an HTML comment before it says, its text, and its first line in the page. */
interface Block {
  readonly language: string;
  readonly mark: string;
  readonly text: string;
  readonly line: number;
}

export function blocksOf(page: string): Block[] {
  const text = textOf(page);
  const fences = /^( *)(?:<!-- (.*?) -->\s+)?```(.*)\n((?:.*\n)*?) *```$/gm;
  return [...text.matchAll(fences)].map(({ index, 1: indent = '', 2: mark = '', 3: language = '', 4: body = '' }) => {
    const line = text.slice(0, index).split('\n').length;
    return { language, mark, text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''), line };
  });
}

/** The name of the file that a block is, from a comment on its first line. */
export function fileOf(text: string): string | undefined {
  return /^\/\/ (\S+\.ts)\n/.exec(text)?.[1];
}

interface Example {
  readonly symbol: string;
  readonly code: string;
}

/** The `@example`s of exported symbols, and of methods. */
export function docstringExamples(): Example[] {
  const declaration =
    /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*(?:export (?:async )?(?:const|function|class|interface|type) |(?=\w+\())(\w+)/g;
  const files = ['src/engine', 'src/simulator', 'src/determinism', 'src/cli/init', 'src/vitest'].flatMap(filesIn);
  return files
    .filter((file) => /(?<!\.test)\.ts$/.test(file))
    .flatMap((file) =>
      [...textOf(file).matchAll(declaration)].flatMap(([, comment = '', symbol = '']) => {
        const [, example] = comment.split('@example');
        return example === undefined ? [] : [{ symbol, code: example.replaceAll(/^ *\* ?/gm, '') }];
      }),
    );
}
