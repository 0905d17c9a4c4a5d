import { createHash } from 'node:crypto';

/**
 * Numbers in [0, 1) that follow from a seed: the n-th is made of the first 48 bits of the SHA-256 of `seed/n`. Recorded
 * executions replay through them for years, so it is a standard that no dependency and no release will change.
 */
export function seededRandom(seed: string): () => number {
  let n = 0;
  return () => {
    n += 1;
    return createHash('sha256').update(`${seed}/${n}`).digest().readUIntBE(0, 6) / 2 ** 48;
  };
}

/** A version 4 UUID made from three numbers of `random`. */
export function randomUuid(random: () => number): string {
  const twelve = (): string =>
    Math.floor(random() * 2 ** 48)
      .toString(16)
      .padStart(12, '0');
  const hex = `${twelve()}${twelve()}${twelve()}`;
  const variant = '89ab'[parseInt(hex.charAt(16), 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
