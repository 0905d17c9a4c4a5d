import { createReadStream } from 'node:fs';

/** Well above any history within the limits of the engine, and well below what a string can hold. */
const LONGEST = 2 ** 28;

/** The lines of a text file one by one, however long the file is. Throws for a line of more than 256 Mi characters. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  let rest: string[] = [];
  let length = 0;
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 2 ** 18 })) {
    let from = 0;
    const text = chunk as string;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      rest.push(text.slice(from, end));
      yield rest.join('');
      rest = [];
      length = 0;
      from = end + 1;
    }
    rest.push(text.slice(from));
    length += text.length - from;
    if (length > LONGEST) throw new Error(`A line has more than ${LONGEST} characters.`);
  }
  yield rest.join('');
}
