import type { Level } from './level';
import type { Finding } from './outcome';
import { exitCodeOf, judge, type Verdict } from './verdict';

const build = { platform: 'linux', kernel: '6.18.44', libc: 'glibc 2.36' };
const deviation = {
  rule: '3.x',
  platform: 'linux',
  builds: '*',
  observed: 'EINVAL',
  reason: 'because',
  link: 'https://example.org/',
};
const fail: Finding = { kind: 'fail', expected: 'succeeds', observed: 'EINVAL', exhibits: [] };
const rule = (level: Level) => ({ id: '3.x', level });
const verdict = (level: Level, finding: Finding, deviations = [deviation], strict = false) => {
  const judged = judge(rule(level), finding, { deviations, build, strict });
  return [judged.verdict, judged.unexpected];
};

test('a pass passes, and makes a listed deviation stale', () => {
  expect(verdict('must', { kind: 'pass' }, [])).toEqual(['pass', false]);
  expect(verdict('must', { kind: 'pass' })).toEqual(['fixed', true]);
});

test('a deviation excuses a failure with its own observation and no other', () => {
  expect(verdict('must', fail)).toEqual(['known', false]);
  expect(verdict('must', { ...fail, observed: 'EPERM' })).toEqual(['fail', true]);
});

test('a failed must is unexpected, a failed should only when asked for, a failed may never', () => {
  expect(verdict('must', fail, [])).toEqual(['fail', true]);
  expect(verdict('should', fail, [])).toEqual(['fail', false]);
  expect(verdict('should', fail, [], true)).toEqual(['fail', true]);
  expect(verdict('may', fail, [], true)).toEqual(['fail', false]);
});

test('a deviation excuses neither a broken laboratory nor a missing need', () => {
  expect(verdict('must', { kind: 'broken', reason: 'lost', suite: false })).toEqual(['broken', false]);
  expect(verdict('must', { kind: 'untested', reason: 'no link' })).toEqual(['untested', false]);
});

test.each([
  [['pass', 'known', 'observed'], false, 0],
  [['pass', 'fail'], false, 1],
  [['pass', 'fixed'], false, 1],
  [['pass', 'untested'], false, 3],
  [['pass', 'broken'], false, 3],
  [['pass', 'not run'], false, 3],
  [['fail', 'untested'], false, 1],
  [['fail', 'untested'], true, 70],
] as [Verdict[], boolean, number][])('%j, suite error %s: exit code %i', (verdicts, suiteError, code) => {
  const results = verdicts.map((each) => ({
    verdict: each,
    unexpected: each === 'fail' || each === 'fixed',
  }));
  expect(exitCodeOf(results, suiteError)).toBe(code);
});
