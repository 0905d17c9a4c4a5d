/**
 * Shows what a text file cannot hold or a terminal would obey, control characters but for tab and line break, halves of
 * characters and line separators, as `\u001b`: scenarios and services write what they like.
 */
export function printable(text: string): string {
  return text.replaceAll(
    /(?![\t\n])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu,
    (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}
