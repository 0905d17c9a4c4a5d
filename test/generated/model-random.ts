import { createHash } from 'node:crypto';

/** Written down a second time: executions recorded today replay through these very numbers for years. */
export function modelRandom(seed: string): () => number {
  let count = 0;
  return () =>
    parseInt(
      createHash('sha256')
        .update(`${seed}/${(count += 1)}`)
        .digest('hex')
        .slice(0, 12),
      16,
    ) /
    16 ** 12;
}

/** Version 4, from the digits of three numbers. */
export function modelUuid(random: () => number): string {
  const digits = Array.from({ length: 3 }, () =>
    BigInt(random() * 16 ** 12)
      .toString(16)
      .padStart(12, '0'),
  ).join('');
  const text = digits.replace(/^(.{12}).(.{3})(.)(.{15}).*$/, (_, a, b, variant, c) => {
    return `${a}4${b}${'89ab89ab89ab89ab'.charAt(Number(`0x${variant}`))}${c}`;
  });
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
