import { fingerprintOf } from '../fingerprint';
import { headlineOf } from '../headline';
import type { Report, RuleResult } from '../report';
import { documentName, sectionNumber } from '../sections';
import { json, oneLine, printable, shortened } from '../text';
import { accountOf, FIELD_LIMIT, figuresOf, gistOf } from './account';

type Status = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';
const STATUSES: readonly Status[] = ['passed', 'failed', 'skipped', 'pending', 'other'];

/**
 * CTRF, the common test report format in JSON. It has no word for a broken laboratory, nor for a rule that a run did not
 * reach: both are `failed`, with the verdict as `rawStatus`, because readers take anything else for harmless.
 */
export function ctrf(report: Report): string {
  const { suite, machine, run, counts } = report;
  const start = Date.parse(run.started);
  const stop = Date.parse(run.finished ?? run.started);
  const tests = report.rules.map(testOf);
  const { title, warnings } = headlineOf(report);
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: run.finished ?? run.started,
    generatedBy: `rfc3542 ${printable(suite.version)}`,
    results: {
      tool: { name: 'rfc3542', version: printable(suite.version) },
      summary: {
        tests: tests.length,
        ...Object.fromEntries(
          STATUSES.map((status) => [status, tests.filter((each) => each.status === status).length]),
        ),
        start,
        stop,
        duration: stop - start,
        extra: { result: title, warnings, counts },
      },
      tests,
      environment: {
        osPlatform: printable(machine.system),
        osRelease: printable(machine.kernel),
        osVersion: printable(machine.build),
        testEnvironment: printable(machine.lab),
        healthy: counts.broken === 0,
        extra: Object.fromEntries(fingerprintOf(report).map(({ name, value }) => [name, printable(value)])),
      },
    },
  };
  return json(document);
}

function testOf(rule: RuleResult) {
  return {
    testId: rule.id,
    name: rule.id,
    status: statusOf(rule),
    rawStatus: rule.verdict,
    duration: Math.round(rule.duration),
    suite: [
      documentName(printable(rule.document)),
      `${printable(sectionNumber(rule))} ${oneLine(rule.sectionTitle, FIELD_LIMIT)}`,
    ],
    message: gistOf(rule),
    trace: accountOf(rule).join('\n'),
    tags: [rule.level],
    labels: {
      level: rule.level,
      document: printable(rule.document),
      section: printable(sectionNumber(rule)),
      requirement: shortened(rule.says, FIELD_LIMIT),
    },
    extra: { unexpected: rule.unexpected, covers: rule.covers.map(printable), figures: figuresOf(rule) },
  };
}

function statusOf({ verdict, unexpected }: RuleResult): Status {
  switch (verdict) {
    case 'pass':
      return 'passed';
    case 'observed':
      return 'other';
    case 'known':
    case 'untested':
      return 'skipped';
    case 'broken':
    case 'not run':
      return 'failed';
    case 'fail':
    case 'fixed':
      return unexpected ? 'failed' : 'other';
  }
}
