/** A set of small naturals, 32 to a word: there is one for each of very many states. */
export class BitSet {
  readonly #words: number[] = [];

  add(bit: number): void {
    const word = bit >>> 5;
    while (this.#words.length <= word) this.#words.push(0); // Without holes, which are slow.
    this.#words[word]! |= 1 << (bit & 31);
  }

  addAll(other: BitSet): void {
    const words = other.#words;
    while (this.#words.length < words.length) this.#words.push(0);
    for (let word = 0; word < words.length; word += 1) this.#words[word]! |= words[word]!;
  }

  get size(): number {
    let size = 0;
    for (const word of this.#words) for (let rest = word; rest !== 0; rest &= rest - 1) size += 1;
    return size;
  }

  *[Symbol.iterator](): Generator<number> {
    for (const [index, word] of this.#words.entries()) {
      for (let rest = word; rest !== 0; rest &= rest - 1) yield index * 32 + 31 - Math.clz32(rest & -rest);
    }
  }
}
