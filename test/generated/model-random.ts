/**
 * sfc32 as Chris Doty-Humphrey published it, on unsigned words: executions recorded today replay through these very
 * numbers for years, so they are held here a second time.
 */
export function modelRandom(seed: string): () => number {
  const words = new Uint32Array([word(seed, 1), word(seed, 2), word(seed, 3), 1]);
  const next = (): number => {
    const [a, b, c, counter] = words as unknown as [number, number, number, number];
    const out = (a + b + counter) >>> 0;
    words[0] = b ^ (b >>> 9);
    words[1] = c + (c << 3);
    words[2] = ((c << 21) | (c >>> 11)) + out;
    words[3] = counter + 1;
    return out / 4_294_967_296;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

/** Version 4, from 32 digits and one for the variant. */
export function modelUuid(random: () => number): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  const variant = '89ab'.charAt(Math.floor(random() * 4));
  const text = `${digits.slice(0, 12)}4${digits.slice(13, 16)}${variant}${digits.slice(17)}`;
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function word(text: string, salt: number): number {
  let h = Math.imul(2_166_136_261, salt);
  for (const char of text) h = Math.imul(h ^ char.charCodeAt(0), 16_777_619);
  return h >>> 0;
}
