import { expectGolden } from './golden/golden';
import { clean, record } from './golden/record';
import { plain } from './plain';

test('the golden file', () => {
  expectGolden(plain(record, false), 'plain.golden.txt');
});

test('nothing in a record reaches the terminal as an escape', () => {
  expect(plain(record, false)).not.toContain('\u001b');
  expect(plain(clean, true)).toContain('\u001b[32m');
});
