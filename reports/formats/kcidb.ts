import { createHash } from 'node:crypto';
import { fingerprintOf } from '../fingerprint';
import { headlineOf } from '../headline';
import type { KnownDeviation, Report, RuleResult, Verdict } from '../report';
import { sealOf } from '../seal';
import { json, oneLine, printable, shortened, webLink } from '../text';
import { accountOf, FIELD_LIMIT, figuresOf, gistOf } from './account';

/** Who submits, in front of every id. */
const ORIGIN = 'rfc3542';

const STATUS: Readonly<Record<Verdict, 'FAIL' | 'ERROR' | 'MISS' | 'PASS' | 'DONE' | 'SKIP'>> = {
  broken: 'ERROR',
  fail: 'FAIL',
  // A known deviation is a fault of the kernel all the same; KernelCI excuses it by the issue that is linked to it.
  known: 'FAIL',
  fixed: 'PASS',
  'not run': 'MISS',
  untested: 'SKIP',
  observed: 'DONE',
  pass: 'PASS',
};

/** The excerpt of a log may have 16384 characters. */
const EXCERPT = 16_000;

/**
 * A submission to KernelCI's database, version 5 of its schema: the kernel as a checkout and a build, every rule as a test of
 * it, and every known deviation as an issue with an incident. The same record gives the same ids.
 */
export function kcidb(report: Report): string {
  const { machine, run } = report;
  const base = `${ORIGIN}:${sealOf(report).slice(0, 32)}`;
  const known = report.rules.flatMap(({ verdict, deviation, id }) =>
    verdict === 'known' && deviation !== undefined ? [{ id, deviation }] : [],
  );
  const issues = new Map(known.map(({ deviation }) => [issueId(deviation), deviation]));
  const document = {
    version: { major: 5, minor: 3 },
    checkouts: [
      { id: base, origin: ORIGIN, comment: printable(machine.kernel), start_time: run.started, valid: true },
    ],
    builds: [
      {
        id: base,
        origin: ORIGIN,
        checkout_id: base,
        comment: oneLine(`${machine.build}, ${machine.kernel}`, FIELD_LIMIT),
        architecture: machine.architecture.toLowerCase().replace(/[^a-z0-9_]/g, '_'),
        start_time: run.started,
        misc: { result: headlineOf(report).title, warnings: headlineOf(report).warnings },
      },
    ],
    tests: report.rules.map((rule) => testOf(rule, base, report)),
    issues: [...issues].map(([id, deviation]) => issueOf(id, deviation)),
    incidents: known.map(({ id, deviation }) => ({
      id: `${base}:${id}`,
      origin: ORIGIN,
      issue_id: issueId(deviation),
      issue_version: 1,
      test_id: `${base}:${id}`,
      present: true,
    })),
  };
  return json(document);
}

function testOf(rule: RuleResult, base: string, report: Report) {
  return {
    id: `${base}:${rule.id}`,
    origin: ORIGIN,
    build_id: base,
    path: pathOf(rule),
    comment: oneLine(`${rule.level}: ${rule.says}`, FIELD_LIMIT),
    status: STATUS[rule.verdict],
    start_time: report.run.started,
    duration: rule.duration / 1000,
    log_excerpt: shortened(accountOf(rule).join('\n'), EXCERPT),
    environment: {
      comment: oneLine(`${report.machine.lab}, ${report.machine.privileges}`, FIELD_LIMIT),
      misc: Object.fromEntries(fingerprintOf(report).map(({ name, value }) => [name, printable(value)])),
    },
    misc: {
      verdict: rule.verdict,
      unexpected: rule.unexpected,
      level: rule.level,
      gist: gistOf(rule),
      figures: figuresOf(rule),
    },
  };
}

/** A path has words between dots; an id may have dots at its end, or two in a row. */
function pathOf({ id }: RuleResult): string {
  return [ORIGIN, ...id.split('.').filter((word) => word !== '')].join('.');
}

function issueId(deviation: KnownDeviation): string {
  return `${ORIGIN}:${createHash('sha256').update(JSON.stringify(deviation)).digest('hex').slice(0, 32)}`;
}

function issueOf(id: string, { platform, builds, reason, link }: KnownDeviation) {
  const url = webLink(link);
  return {
    id,
    version: 1,
    origin: ORIGIN,
    ...(url === undefined ? {} : { report_url: url }),
    report_subject: oneLine(reason, 200),
    comment: oneLine(`${platform} ${builds}: ${reason} (${link})`, FIELD_LIMIT),
    culprit: { code: true, tool: false, harness: false },
  };
}
