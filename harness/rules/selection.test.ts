import { select, SelectionError, withLeave } from './selection';

const rules = [
  '3.raw',
  '3.1.sendto-fills',
  '3.1.sendto-pads',
  '3.10.other',
  '3.2.filter',
  'rfc4443-2.3.sum',
].map((id) => ({ id }));
const ids = (...selectors: string[]): string[] => select(rules, selectors).map(({ id }) => id);

test('no selector selects everything', () => {
  expect(ids()).toHaveLength(rules.length);
});

test.each([
  ['3', ['3.raw', '3.1.sendto-fills', '3.1.sendto-pads', '3.10.other', '3.2.filter']],
  ['3.1', ['3.1.sendto-fills', '3.1.sendto-pads']],
  ['3.1.sendto', ['3.1.sendto-fills', '3.1.sendto-pads']],
  ['3.1.sendto-pads', ['3.1.sendto-pads']],
  ['3.1.sendto-*', ['3.1.sendto-fills', '3.1.sendto-pads']],
  ['*.filter', ['3.2.filter']],
  ['rfc4443', ['rfc4443-2.3.sum']],
  ['RFC4443', ['rfc4443-2.3.sum']],
])('%s selects by beginnings that end at a dot or a dash, and by globs', (selector, expected) => {
  expect(ids(selector)).toEqual(expected);
});

test('several selectors select their union once, in the order of the suite', () => {
  expect(ids('3.2', '3.1.sendto-pads', '3.2.filter')).toEqual(['3.1.sendto-pads', '3.2.filter']);
});

test('a selector that selects nothing is an error with the nearest name', () => {
  expect(() => ids('3.1.sendto-pad')).toThrow(SelectionError);
  expect(() => ids('3.2.filtre')).toThrow('Did you mean 3.2.filter?');
  expect(() => ids('3.9')).toThrow('No rule matches "3.9"');
});

describe('rules that need leave', () => {
  const plain = { id: '3.1.one' };
  const slow = { id: '3.1.slow', onlyWith: 'slow' } as const;
  const crashing = { id: '3.1.crashing', onlyWith: 'allow-crash' } as const;

  test('wait until it is given', () => {
    const chosen = [plain, slow, crashing];
    expect(withLeave(chosen, new Set())).toEqual({ rules: [plain], waiting: ['slow', 'allow-crash'] });
    expect(withLeave(chosen, new Set(['allow-crash']))).toEqual({
      rules: [plain, crashing],
      waiting: ['slow'],
    });
  });

  test('are an error where nothing else is chosen', () => {
    expect(() => withLeave([crashing], new Set(['slow']))).toThrow(
      'The rule 3.1.crashing can crash a host that has the defect. Run it with --allow-crash.',
    );
  });
});
