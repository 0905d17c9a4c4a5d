import fc from 'fast-check';

/** What stands for a string: what the code compares with, and others. */
export function textValue(words: readonly string[]): fc.Arbitrary<string> {
  const plain = fc.constantFrom('a', 'b', '', '0');
  const others = fc.string({ maxLength: 8 });
  return words.length === 0 ? fc.oneof(plain, others) : fc.oneof(plain, fc.constantFrom(...words), others);
}

/** When runs happen, more or less. */
const SOON = { min: 1_700_000_000_000, max: 1_900_000_000_000 };

/** What stands for a number: a count, an amount, a time in ms since 1970. */
export function numberValue(): fc.Arbitrary<number> {
  return fc.oneof(fc.nat(9), fc.integer({ min: -1, max: 1_000 }), fc.nat(100_000).map(hundredths), fc.integer(SOON));
}

function hundredths(value: number): number {
  return value / 100;
}

/** Anything that JSON can hold, and nothing: where nobody knows what is to come. */
export function anyValue(words: readonly string[]): fc.Arbitrary<unknown> {
  const leaf = fc.oneof(textValue(words), numberValue(), fc.boolean(), fc.constant(null));
  const key = fc.constantFrom('id', 'a', 'value');
  return fc.oneof(
    fc.constant(undefined),
    leaf,
    fc.array(leaf, { maxLength: 3 }),
    fc.dictionary(key, leaf, { maxKeys: 2, noNullPrototype: true }),
  );
}
