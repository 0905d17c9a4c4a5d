const CODES: Readonly<Record<string, string>> = { '#': '#35;', ';': '#59;', '<': '#lt;', '>': '#gt;', '&': '#amp;' };

/**
 * A text as Mermaid shows it on one line of a diagram. Its grammar ends a text at `#` and `;`, reads tags, and takes
 * `%%{` for a directive and `wrap:` at the start for an option.
 */
export function label(text: string): string {
  const line = text
    .replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .replaceAll(/[#;<>&]/g, (character) => CODES[character]!)
    .replaceAll('%%', '#37;#37;')
    .replace(/^((?:no)?wrap):/i, '$1#58;');
  return line === '' ? '-' : line;
}
