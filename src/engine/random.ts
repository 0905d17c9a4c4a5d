/**
 * Numbers in [0, 1) that follow from a seed: Chris Doty-Humphrey's sfc32, seeded with four FNV-1a hashes. Written out
 * here because recorded executions replay through it for years, so that it must never change with a dependency.
 */
export function seededRandom(seed: string): () => number {
  let [a, b, c, counter] = [hash(seed, 1), hash(seed, 2), hash(seed, 3), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i += 1) next(); // sfc32 needs a dozen rounds until all bits of the seed have mixed
  return next;
}

function hash(text: string, salt: number): number {
  let h = Math.imul(0x81_1c_9d_c5, salt);
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01_00_01_93);
  return h | 0;
}

/** A version 4 UUID made from `random`. */
export function randomUuid(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16));
  hex[12] = '4';
  hex[16] = '89ab'[Math.floor(random() * 4)]!;
  return [0, 8, 12, 16, 20].map((from, i) => hex.slice(from, [8, 12, 16, 20, 32][i]).join('')).join('-');
}
