import { count } from './counts';
import { VERDICTS } from './report';

test('every verdict is counted, absent ones as zero', () => {
  expect(count([{ verdict: 'pass' }, { verdict: 'pass' }, { verdict: 'not run' }])).toEqual({
    broken: 0,
    fail: 0,
    fixed: 0,
    'not run': 1,
    untested: 0,
    known: 0,
    observed: 0,
    pass: 2,
  });
});

test('the counts keep the order of the verdicts, so that every table has the same order', () => {
  expect(Object.keys(count([]))).toEqual([...VERDICTS]);
});
