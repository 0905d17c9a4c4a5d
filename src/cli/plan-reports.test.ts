import { InvalidArgumentError } from 'commander';
import { describe, expect, test } from 'vitest';
import { reporterOf } from './parse-reporter.js';
import { planReports } from './plan-reports.js';

const parseReporter = reporterOf('terminal', 'json', 'junit', 'github', 'mermaid');
const plan = (texts: readonly string[], json = false): string[] =>
  planReports(texts.map(parseReporter), json).map(({ reporter, file = '-' }) => `${reporter} ${file}`);

describe('a reporter', () => {
  test('goes to stdout or to the file that follows', () => {
    expect(parseReporter('junit')).toEqual({ reporter: 'junit', file: undefined });
    expect(parseReporter('junit=/dev/stdout')).toEqual({ reporter: 'junit', file: undefined });
    expect(parseReporter('junit=out/a=b.xml')).toEqual({ reporter: 'junit', file: 'out/a=b.xml' });
  });

  test.each([
    ['junti', 'Did you mean junit?'],
    ['', 'It takes terminal, json, junit, github, mermaid.'],
    ['sarif=a', 'It takes terminal, json, junit, github, mermaid.'],
    ['junit=', 'A file follows the equals sign: junit=file.'],
  ])('%j is refused', (text, message) => {
    expect(() => parseReporter(text)).toThrow(InvalidArgumentError);
    expect(() => parseReporter(text)).toThrow(message);
  });
});

describe('stdout has one report', () => {
  test.each([
    [[], false, ['terminal -']],
    [[], true, ['json -']],
    [['junit=a.xml', 'mermaid=b.md'], false, ['terminal -', 'junit a.xml', 'mermaid b.md']],
    [['junit=a.xml', 'github'], false, ['github -', 'junit a.xml']],
    [['json'], true, ['json -']],
    [['junit', 'junit'], false, ['junit -']],
    [['terminal', 'terminal=log.txt'], false, ['terminal -', 'terminal log.txt']],
  ])('%j, --json %j', (texts, json, planned) => {
    expect(plan(texts, json)).toEqual(planned);
  });

  test.each([
    [['junit', 'github'], false, 'Two reports would go to stdout: junit and github.'],
    [['terminal'], true, 'Two reports would go to stdout: json and terminal.'],
    [['junit=a', 'json=./a'], false, 'Two reports would go to ./a.'],
  ])('%j, --json %j is wrong usage', (texts, json, message) => {
    expect(() => plan(texts, json)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });
});
