import { printable } from '../printable.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
};

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its children, each on lines of its own, two blanks further in. Undefined attributes are left out. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const shown = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(String(value), /[&<>"\t\n]/g)}"`],
  );
  const open = `<${name}${shown.join('')}`;
  if (children.length === 0) return `${open}/>`;
  return [`${open}>`, ...children.map((child) => child.replaceAll(/^(?= *<)/gm, '  ')), `</${name}>`].join('\n');
}

/** An element that holds text, which stays as it is: no reader sees an indent that is not there. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  // What stands at the beginning of a line is never a tag: `<` is escaped.
  return element(name, attributes, ['']).replace('\n\n', () => escaped(text, /[&<>]/g));
}

function escaped(text: string, which: RegExp): string {
  return printable(text).replaceAll(which, (character) => ENTITIES[character]!);
}
