import { fileURLToPath } from 'node:url';

/** The path of a script, which its inspector names by URL or by path. */
export function filePath(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : url;
}
