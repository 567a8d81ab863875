import { deviationFor, faultsOf, type Deviation } from './deviations';

const deviation = (over: Partial<Deviation> = {}): Deviation => ({
  rule: '6.5.minus-one',
  platform: 'linux',
  builds: '>=6.12',
  observed: 'traffic class 255',
  reason: 'a regression',
  link: 'https://example.org/',
  ...over,
});
const rules = new Set(['6.5.minus-one']);

test.each([
  ['6.1.176', false],
  ['6.12.0-1-amd64', true],
  ['6.18.44-fc-v595 #1 SMP', true],
  ['7.0.0-rc1', true],
])('a range of builds holds for kernel %s: %s', (kernel, applies) => {
  expect(
    deviationFor([deviation()], '6.5.minus-one', { platform: 'linux', kernel, libc: 'glibc 2.36' }) !==
      undefined,
  ).toBe(applies);
});

test('another platform or rule has no part in it', () => {
  expect(
    deviationFor([deviation()], '6.5.minus-one', { platform: 'windows', kernel: '10.0', libc: 'none' }),
  ).toBeUndefined();
  expect(
    deviationFor([deviation()], '6.5.other', { platform: 'linux', kernel: '6.18', libc: 'glibc 2.36' }),
  ).toBeUndefined();
});

test('a sound list has no faults', () => {
  expect(faultsOf([deviation({ builds: '<6.2' }), deviation({ builds: '>=6.12' })], rules)).toEqual([]);
});

test.each([
  [{ rule: '6.5.minus-two' }, 'There is no rule 6.5.minus-two'],
  [{ builds: 'since spring' }, 'is not a range of versions'],
])('%j is a fault', (over, words) => {
  expect(faultsOf([deviation(over)], rules)[0]).toContain(words);
});

test('two entries that could both apply contradict each other', () => {
  expect(faultsOf([deviation(), deviation({ builds: '6.18' })], rules)[0]).toContain(
    'Two entries for 6.5.minus-one',
  );
});

test.each([
  ['glibc *', 'glibc 2.36', true],
  ['glibc >=2.36', 'glibc 2.36', true],
  ['glibc >=2.37', 'glibc 2.36', false],
  ['glibc *', 'not glibc', false],
  ['musl *', 'glibc 2.36', false],
])('a deviation of the C library %s on %s: %s', (libc, own, applies) => {
  const build = { platform: 'linux', kernel: '6.18', libc: own };
  expect(deviationFor([deviation({ libc })], '6.5.minus-one', build) !== undefined).toBe(applies);
});

test('entries for different C libraries do not contradict each other', () => {
  const [glibc, newer, musl] = ['glibc <2.37', 'glibc >=2.37', 'musl *'].map((libc) => deviation({ libc }));
  if (glibc === undefined || newer === undefined || musl === undefined) throw new Error('three are made');
  expect(faultsOf([glibc, newer, musl], rules)).toEqual([]);
  expect(faultsOf([glibc, deviation({ libc: 'glibc *' })], rules)[0]).toContain('with glibc *');
  expect(faultsOf([deviation({ libc: 'glibc' })], rules)[0]).toContain('is not a range of versions');
});
