/** `charge card` and `charge-card` as a name in code: `chargeCard`. */
export function camelCase(words: string): string {
  const joined = words.replaceAll(/[ -]+(.)/g, (_, letter: string) => letter.toUpperCase());
  return joined.slice(0, 1).toLowerCase() + joined.slice(1);
}
