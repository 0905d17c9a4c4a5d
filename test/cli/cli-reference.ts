import { flagOf, type CommandTable } from '../../src/cli/command-table.js';
import { TABLES } from '../../src/cli/tables/index.js';

/** docs/reference/cli.md, made from the tables that feed the parser. */
export function cliReference(): string {
  const intro = [
    '# Command line',
    '',
    'Generated from the option tables in `src/cli/tables`; do not edit. With `--json`, stdout is one document, whose',
    'schema lies beside this page; an error is a document of its own (`error-1.schema.json`) and is told on stderr, too.',
  ];
  return `${[...intro, ...TABLES.flatMap(section)].join('\n')}\n`;
}

function section(table: CommandTable): readonly string[] {
  const names = Object.entries(table.arguments).map(([name, { optional, variadic }]) => {
    const shape = variadic ? `${name}...` : name;
    return optional ? `[${shape}]` : `<${shape}>`;
  });
  const usage = ['crashwise', table.name, ...names].filter(Boolean).join(' ');
  const rows = [
    ...Object.entries(table.arguments).map(([name, { text }]) => [name, text]),
    ...Object.entries(table.options).map(([name, row]) => {
      const value = row.value === undefined ? '' : ` <${row.value}>`;
      const notes = [
        ...(row.required ? ['required'] : []),
        ...(row.repeatable ? ['may be given more than once'] : []),
        ...(row.choices ? [`one of ${row.choices.join(', ')}`] : []),
        ...(row.fallback === undefined ? [] : [`default ${row.fallback}`]),
      ];
      return [`${flagOf(name)}${value}`, notes.length === 0 ? row.text : `${row.text} (${notes.join('; ')})`];
    }),
  ];
  const { module } = table;
  return [
    '',
    `## \`${usage}\``,
    '',
    table.summary,
    '',
    ...(table.about === undefined ? [] : [table.about.replaceAll('<', '\\<'), '']),
    '| | |',
    '| --- | --- |',
    ...rows.map(([name, text]) => `| \`${name}\` | ${text?.replaceAll('|', '\\|').replaceAll('<', '\\<')} |`),
    ...(module ? ['', `The module: ${module.text}`, '', '```ts', ...module.code, '```'] : []),
    ...(table.exits
      ? ['', 'Exit codes:', '', ...table.exits.map((line) => `- ${line.replace(/^\d+/, '**$&**')}`)]
      : []),
    '',
    '```sh',
    ...table.examples.map(({ command, text }) => `${command}  # ${text}`),
    '```',
  ];
}
