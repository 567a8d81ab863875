// The one record that every writer is tested with: every verdict, every optional field present and absent, characters that
// act on parsers and terminals, nothing, and far too much.

import { count } from '../../counts';
import { type Report, type RuleResult, SCHEMA, type Verdict } from '../../report';
import { sealed } from '../../seal';

export const HOSTILE =
  '<script>alert(1)</script> ]]> --> "quoted" \'single\' `tick` | pipe & &amp; %0A ::error::x # SKIP \u0000\u0001\u001b[31mred\u001b[0m ' +
  '\u202eevil\u202c \ud800 \ufffe \u2028 ünïcödé 漢字 \ud83d\ude00\r\nsecond line\n\n* not a list\n1..9\nok 1';

const HUGE = 'x'.repeat(1_000_000);

const IPV6 = '60000000000c3aff' + 'fe800000000000000000000000000001' + 'fe800000000000000000000000000002';

/** An echo request whose checksum is zero, and as it should have been. */
const WRONG = `${IPV6}80000000000100016162`;
const RIGHT = `${IPV6}80007fbb000100016162`;
/** Larger than any window shows. */
const JUMBO = `${IPV6}80007fbb${'5a'.repeat(60_000)}`;

const CHECKSUM = { field: 'checksum', offset: 42, length: 2 };

function rule(slug: string, verdict: Verdict, more: Partial<RuleResult> = {}): RuleResult {
  return {
    id: `3.1.${slug}`,
    document: 'rfc3542',
    section: '3.1',
    sectionTitle: 'Checksums',
    level: 'must',
    says: 'The kernel computes and stores the ICMPv6 checksum on every send.',
    covers: ['3.1-01'],
    verdict,
    unexpected: verdict === 'fail' || verdict === 'fixed',
    duration: 1.234,
    exhibits: [],
    symptoms: [],
    figures: {},
    ...more,
  };
}

const in32 = { section: '3.2', sectionTitle: 'ICMPv6 Type Filtering', covers: ['3.2-01', '3.2-02'] } as const;

const deviation = {
  platform: 'linux',
  builds: '>=6.12 <6.15',
  observed: 'EPERM',
  reason: 'The option is kept for root there.',
  link: 'https://example.org/bugs/1?a=1&b=2',
} as const;

const rules: readonly RuleResult[] = [
  rule('kernel-fills-checksum', 'fail', {
    expected: 'checksum 0x7fbb',
    observed: 'checksum 0x0000',
    exhibits: [
      { title: 'ICMPv6 type 128 from fe80::1 to fe80::2', actual: WRONG, expected: RIGHT, marks: [CHECKSUM] },
    ],
    symptoms: [
      { reference: 'KB974927', systems: 'Windows Server 2003', link: 'https://example.org/kb/974927' },
      { reference: 'KB947369', systems: 'Windows Server 2003', link: 'javascript:alert(1)' },
    ],
    packets: { first: 1, count: 1 },
  }),
  rule('verifies-on-every-size', 'pass', {
    figures: { sent: 147_000, seen: 147_000, verified: 147_000 },
    packets: { first: 2, count: 2 },
  }),
  rule('option-is-read-only', 'known', {
    expected: 'EINVAL',
    observed: 'EPERM',
    deviation,
    packets: { first: 4, count: 0 },
  }),
  rule('option-reads-back', 'fixed', { deviation: { ...deviation, link: 'bug 17' } }),
  rule('two-routes', 'untested', { reason: 'there is no second link', duration: 0 }),
  rule('odd-offset', 'fail', {
    level: 'should',
    unexpected: false,
    expected: 'an error',
    observed: 'succeeds',
    ...in32,
    id: '3.2.odd-offset',
  }),
  rule('hostile', 'fail', {
    ...in32,
    id: '3.2.hostile',
    sectionTitle: 'ICMPv6 Type Filtering',
    says: HOSTILE,
    expected: HOSTILE,
    observed: HOSTILE,
    reason: HOSTILE,
    covers: [HOSTILE],
    exhibits: [{ title: HOSTILE, actual: WRONG, marks: [{ field: HOSTILE, offset: 0, length: 1 }] }],
    symptoms: [{ reference: HOSTILE, systems: HOSTILE, link: HOSTILE }],
    deviation: { platform: HOSTILE, builds: HOSTILE, observed: HOSTILE, reason: HOSTILE, link: HOSTILE },
    figures: { [HOSTILE]: 1 },
  }),
  rule('empty', 'fail', {
    ...in32,
    id: '3.2.empty',
    says: '',
    expected: '',
    observed: '',
    covers: [],
    exhibits: [{ title: '', actual: '', marks: [{ field: '', offset: 9, length: 9 }] }],
    duration: 0,
  }),
  rule('huge', 'fail', {
    ...in32,
    id: '3.2.huge',
    says: HUGE,
    expected: HUGE,
    observed: HUGE,
    exhibits: [
      { title: HUGE, actual: JUMBO, marks: [CHECKSUM, { field: 'body', offset: 44, length: 60_000 }] },
    ],
    duration: 86_400_000.5,
  }),
  rule('laboratory', 'broken', { ...in32, id: '3.2.laboratory', reason: 'Cannot open the peer: ENODEV' }),
  rule('hop-limit-of-echo', 'observed', {
    id: 'rfc4443-4.1.hop-limit-of-echo',
    document: 'rfc4443',
    section: 'rfc4443-4.1',
    sectionTitle: 'Echo Request Message',
    level: 'observation',
    observed: 'hop limit 64',
    duration: 12,
  }),
  rule('never-reached', 'not run', {
    id: 'rfc4443-4.1.never-reached',
    document: 'rfc4443',
    section: 'rfc4443-4.1',
    sectionTitle: 'Echo Request Message',
    level: 'may',
    reason: 'The run ended before this rule.',
    duration: 0,
  }),
];

const run = {
  selectors: [],
  seed: 3542,
  strict: false,
  defects: [],
  started: '2026-01-02T03:04:05.006Z',
  finished: '2026-01-02T03:04:06.500Z',
} as const;

/** Holds everything at once; the run was interrupted. */
export const record: Report = sealed({
  schema: SCHEMA,
  suite: { version: '1.2.3', catalogue: 'c'.repeat(64) },
  machine: {
    system: 'linux',
    build: 'Debian GNU/Linux 12 (bookworm)',
    kernel: '6.12.0-1-amd64',
    architecture: 'x64',
    libc: 'glibc 2.36',
    privileges: 'root',
    lab: 'link',
    offloads: ['tx-checksumming', '<b>'],
    node: '20.20.2',
    libpcap: '1.10.3',
  },
  run: { ...run, interrupted: 'SIGINT', exitCode: 130 },
  counts: count(rules),
  sections: [
    { document: 'rfc3542', section: '3.1', title: 'Checksums' },
    { document: 'rfc3542', section: '3.2', title: 'ICMPv6 Type Filtering' },
    { document: 'rfc3542', section: '12', title: 'Raw Sockets', without: 'It asks nothing of a host. <b>' },
    { document: 'rfc4443', section: 'rfc4443-4.1', title: 'Echo Request Message' },
  ],
  packets: { file: 'wire.pcapng', count: 3, sha256: 'd'.repeat(64) },
  rules,
});

/** The same with other rules, counted and sealed again. */
export function withRules(base: Report, changed: readonly RuleResult[], more: Partial<Report> = {}): Report {
  return sealed({ ...base, ...more, rules: changed, counts: count(changed) });
}

const green = rules
  .filter(({ verdict }) => verdict === 'pass' || verdict === 'observed' || verdict === 'known')
  .concat(rule('kernel-fills-checksum', 'pass', { packets: { first: 1, count: 1 } }));

/** A run that came out as expected, with one known deviation. */
export const clean: Report = withRules(record, green, {
  run: { ...run, exitCode: 0 },
});
