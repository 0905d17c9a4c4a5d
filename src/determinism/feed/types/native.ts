import type { Checker, Compiler, Enums, Node } from './compiler.js';

/** As much of the API of TypeScript 7, which runs beside as a process of its own, as is asked for. */
export interface NativeTypeScript extends Omit<Enums, 'SyntaxKind'> {
  readonly API: new (options: { readonly cwd: string }) => {
    updateSnapshot(options: { readonly openFiles: readonly string[] }): {
      getDefaultProjectForFile(path: string): NativeProject | undefined;
    };
    close(): void;
  };
}

interface NativeProject {
  readonly checker: Checker;
  readonly program: { getSourceFile(path: string): Node | undefined };
}

/** A file with all that it imports, as the native compiler sees it, by the tsconfig nearest to it. */
export function openNative(ts: NativeTypeScript, { SyntaxKind }: Pick<Enums, 'SyntaxKind'>, entry: string): Compiler {
  const api = new ts.API({ cwd: process.cwd() });
  try {
    const project = api.updateSnapshot({ openFiles: [entry] }).getDefaultProjectForFile(entry);
    if (!project) throw new Error('It has no project for the file.');
    return {
      checker: project.checker,
      enums: { ...ts, SyntaxKind },
      sourceFile: (path) => project.program.getSourceFile(path),
      close: () => api.close(),
    };
  } catch (error) {
    api.close();
    throw error;
  }
}
