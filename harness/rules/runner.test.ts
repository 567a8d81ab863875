import { DecodeError, LabError, SyscallError, Violation } from '../errors';
import { noEvidence } from '../lab/evidence';
import type { Laboratory } from '../lab/laboratory';
import { NEEDS, type Capabilities } from '../lab/needs';
import type { OpenLaboratory } from '../lab/open';
import { decodePacket, encodePacket } from '../packet/packet';
import { expect as assert } from './matchers';
import { placedRules, section, type Rule } from './rule';
import { runRule } from './runner';

const capable = Object.fromEntries(Object.keys(NEEDS).map((need) => [need, true])) as unknown as Capabilities;

/** A laboratory without a host: these rules ask nothing of one. */
const empty: OpenLaboratory = {
  visit: (_rule, _figures, use) => use({} as Laboratory),
  meet: () => undefined,
  close: () => undefined,
};

async function findingOf(
  rule: Partial<Rule>,
  laboratory: OpenLaboratory | string = empty,
  capabilities = capable,
) {
  const whole: Rule = { id: 'x', says: 'It holds.', covers: [], needs: [], check: () => undefined, ...rule };
  const [placed] = placedRules([section('3', 'Raw sockets', [whole])]);
  if (placed === undefined) throw new Error('no rule');
  return (await runRule(placed, { laboratory, capabilities, evidence: noEvidence })).finding;
}

const throwing = (error: unknown): Partial<Rule> => ({
  check: () => {
    throw error;
  },
});

test('a rule that returns has passed, and one that returns words has observed', async () => {
  expect(await findingOf({})).toEqual({ kind: 'pass' });
  expect(await findingOf({ check: () => Promise.resolve('reads 2') })).toEqual({
    kind: 'observed',
    observed: 'reads 2',
  });
});

test('a failed assertion is a failure, with what was expected and observed', async () => {
  const finding = await findingOf({
    check: () => {
      assert(64).toBe(33);
    },
  });
  expect(finding).toEqual({ kind: 'fail', expected: '33', observed: '64', exhibits: [] });
});

test('which node a packet was handed to is untested where frames do not tell, even where it should be another', async () => {
  const packet = decodePacket(encodePacket({ source: 'fd00::1', destination: 'fd00::2' }));
  for (const asked of [assert(packet), assert(packet).not]) {
    const finding = await findingOf({
      check: () => {
        asked.toBePacket({ hardwareDestination: '33:33:00:00:00:01' });
      },
    });
    expect(finding).toEqual({ kind: 'untested', reason: expect.stringContaining('--lab link') as string });
  }
});

test('an errno that is another one is a failure', async () => {
  const refused = new SyscallError(
    'setsockopt',
    'ENOPROTOOPT',
    92,
    'set the option',
    'Protocol not available',
  );
  const finding = await findingOf({
    check: () => {
      assert(() => {
        throw refused;
      }).toFail('EINVAL');
    },
  });
  expect(finding).toMatchObject({ kind: 'fail', expected: 'EINVAL', observed: 'ENOPROTOOPT' });
});

test('a negated assertion says what must not be', async () => {
  const finding = await findingOf({
    check: () => {
      assert(() => undefined).not.toFail();
      assert(() => {
        throw new SyscallError('bind', 'EINVAL', 22, 'bind', 'Invalid argument');
      }).not.toFail();
    },
  });
  expect(finding).toMatchObject({ kind: 'fail', observed: 'EINVAL' });
});

test('a violation and a refused call are failures of the host', async () => {
  expect(await findingOf(throwing(new Violation('one packet', 'none')))).toMatchObject({
    kind: 'fail',
    expected: 'one packet',
    observed: 'none',
  });
  expect(
    await findingOf(throwing(new SyscallError('bind', 'EINVAL', 22, 'bind', 'Invalid argument'))),
  ).toMatchObject({
    kind: 'fail',
    observed: 'bind fails with EINVAL',
  });
});

test('a fault of the laboratory is never blamed on the host', async () => {
  expect(await findingOf(throwing(new LabError('lost')))).toEqual({
    kind: 'broken',
    reason: 'lost',
    suite: false,
  });
  expect(await findingOf(throwing(new DecodeError('IPv6 header', 0, 40, 3)))).toMatchObject({
    kind: 'broken',
    suite: false,
  });
});

test('anything else is a fault of the suite', async () => {
  expect(await findingOf(throwing(new TypeError('oops')))).toMatchObject({ kind: 'broken', suite: true });
});

test('a missing need is the reason why a rule is untested', async () => {
  const capabilities = { ...capable, link: 'There is no link.' };
  expect(await findingOf({ needs: ['raw-icmpv6', 'link'] }, empty, capabilities)).toEqual({
    kind: 'untested',
    reason: 'There is no link.',
  });
});

test('without a laboratory nothing is tested', async () => {
  expect(await findingOf({}, 'EPERM')).toEqual({ kind: 'untested', reason: 'EPERM' });
});
