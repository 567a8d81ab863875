import { faultsOf } from './matrix';
import type { Proof, ProofRun } from './prove';

const untouched = { killed: [], survived: [], collateral: [], broken: [], ran: 2 };

function proofRun(proof: Partial<Proof>, rest: Partial<ProofRun> = {}): ProofRun {
  return {
    clean: { '3.a': 'pass', '3.b': 'pass' },
    proofs: [{ defect: 'deaf', ...untouched, killed: ['3.a', '3.b'], ...proof }],
    changes: 64,
    unseen: [],
    ...rest,
  };
}

test('a matrix without a hole has no fault', () => {
  expect(faultsOf(proofRun({}), {}, true)).toEqual([]);
});

test.each<[string, ProofRun, string]>([
  ['a rule that no defect kills', proofRun({ killed: ['3.a'] }), 'no defect kills 3.b'],
  ['a defect that kills nothing', proofRun({ killed: [] }), 'deaf kills nothing'],
  ['a rule that was meant to fail', proofRun({ killed: ['3.a'], survived: ['3.b'] }), '3.b survives deaf'],
  [
    'a rule that was not meant to fail',
    proofRun({ collateral: ['3.c'] }),
    '3.c goes red under deaf, which has nothing to do with it',
  ],
  [
    'a rule that breaks',
    proofRun({ broken: [{ rule: '3.c', reason: 'no fence\nat all' }] }),
    '3.c is broken under deaf instead of failing: no fence',
  ],
  [
    'a rule that breaks by itself',
    proofRun({}, { clean: { '3.a': 'broken' } }),
    '3.a is broken on the host as it is',
  ],
  ['a change that nobody saw', proofRun({}, { unseen: ['3.a: byte 4'] }), 'not seen: 3.a: byte 4'],
  ['a proof without random changes', proofRun({}, { changes: 0 }), 'no random change was made'],
])('%s is named', (_, proof, fault) => {
  expect(faultsOf(proof, {}, true)).toContain(fault);
});

test('an exception is named once it need not be one', () => {
  expect(faultsOf(proofRun({ killed: ['3.a'] }), { '3.b': 'why' }, true)).toEqual([]);
  expect(faultsOf(proofRun({}), { '3.b': 'why' }, true)).toEqual([
    '3.b is an exception, and need not be one',
  ]);
});

test('a rule that fails on the host as it is has been seen to fail; one that was not tested is no hole', () => {
  expect(
    faultsOf(proofRun({ killed: ['3.a'] }, { clean: { '3.a': 'pass', '3.b': 'fail' } }), {}, true),
  ).toEqual([]);
  expect(
    faultsOf(proofRun({ killed: ['3.a'] }, { clean: { '3.a': 'pass', '3.b': 'untested' } }), {}, true),
  ).toEqual([]);
});

test('a part of the suite has no holes', () => {
  expect(faultsOf(proofRun({ killed: [] }, { changes: 0 }), {}, false)).toEqual([]);
});
