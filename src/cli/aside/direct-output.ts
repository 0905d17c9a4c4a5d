import { writeSync } from 'node:fs';
import type { Writable } from 'node:stream';

const PAUSE_MS = 5;
const sleeper = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/**
 * Has stdout or stderr of a thread write at once. By itself it goes through the main thread and stays open until that has
 * answered, so that a line of `console.log` would look like work of the user's past the boundaries. The stream stays what it
 * is: Node calls it by names of its own.
 */
export function writeDirectly(stream: Writable, fd: 1 | 2): void {
  Object.assign(stream, {
    _writev: null,
    _write(chunk: string | Buffer, encoding: BufferEncoding, done: () => void) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
      for (let at = 0; at < bytes.length;) at += written(fd, bytes.subarray(at));
      done();
    },
  });
}

function written(fd: number, bytes: Buffer): number {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A reader that has seen enough, such as `head`, is no reason to fail.
    if (code === 'EPIPE') return bytes.length;
    if (code !== 'EAGAIN') throw error;
    Atomics.wait(sleeper, 0, 0, PAUSE_MS); // A full pipe.
    return 0;
  }
}
