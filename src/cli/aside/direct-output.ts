import { writeSync } from 'node:fs';
import { Writable } from 'node:stream';

const PAUSE_MS = 5;
const sleeper = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/**
 * stdout or stderr of a thread, written at once. Node's own go through the main thread and stay open until it has
 * answered, so that a line of `console.log` would look like work of the user's past the boundaries.
 */
export function directOutput(fd: 1 | 2): Writable {
  return new Writable({
    decodeStrings: true,
    write(chunk: Buffer, _encoding, done) {
      for (let at = 0; at < chunk.length;) at += written(fd, chunk.subarray(at));
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
