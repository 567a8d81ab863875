import { annotations } from './annotations';
import { expectGolden } from './golden/golden';
import { clean, record, withRules } from './golden/record';

interface Command {
  readonly level: string;
  readonly title: string;
  readonly message: string;
}

/** Reads a line as GitHub's documentation says that a runner does. */
function parse(line: string): Command {
  const [, level = '', properties = '', message = ''] = /^::(\w+) ([^:]*)::(.*)$/.exec(line) ?? [];
  const title = /^title=([^,]*)$/.exec(properties)?.[1] ?? '';
  const decode = (text: string): string =>
    text
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%');
  return { level, title: decode(title), message: decode(message) };
}

const commands = (text: string): Command[] => text.trimEnd().split('\n').map(parse);

test('the golden file', () => {
  expectGolden(annotations(record), 'annotations.golden.txt');
});

test('what turned the run red comes first and as an error, what has no result as a warning', () => {
  const found = commands(annotations(record));
  expect(found.map(({ level, title }) => `${level} ${title}`)).toEqual([
    'error 3.1.kernel-fills-checksum: fail',
    'error 3.1.option-reads-back: fixed',
    'error 3.2.hostile: fail',
    'error 3.2.empty: fail',
    'error 3.2.huge: fail',
    'warning 3.2.laboratory: broken',
    'warning rfc3542',
    'warning rfc3542: incomplete',
  ]);
});

test('text that looks like a command, a percent sign and line ends arrive as they were', () => {
  const { message } = commands(annotations(record))[2] ?? { message: '' };
  expect(message).toContain('& &amp; %0A ::error::x # SKIP \\x00');
  expect(message.split('\n')).toHaveLength(2);
});

test('there are ten at most, and the last says how many are missing', () => {
  const [failure] = record.rules;
  if (failure === undefined) throw new Error('The record has rules');
  const many = Array.from({ length: 600 }, (_, index) => ({ ...failure, id: `3.1.rule-${String(index)}` }));
  const found = commands(annotations(withRules(record, many)));
  expect(found).toHaveLength(10);
  expect(found[9]).toEqual({
    level: 'error',
    title: 'rfc3542',
    message: '592 more results to look at; the report has them all.',
  });
});

test('a run that came out as expected has none', () => {
  expect(annotations(clean)).toBe('');
});
