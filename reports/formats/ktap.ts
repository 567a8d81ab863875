import { fingerprintOf } from '../fingerprint';
import { headlineOf } from '../headline';
import type { Report, RuleResult } from '../report';
import { oneLine } from '../text';
import { accountOf, gistOf } from './account';

/**
 * KTAP version 1, as the kernel's documentation defines it, and flat, so that readers of plain TAP see every rule. `not ok`
 * stands exactly where the run turned red or has no result; what is known or only recommended carries `XFAIL`, which readers
 * that do not know the directive take for `ok`, as they should.
 */
export function ktap(report: Report): string {
  const { title, warnings } = headlineOf(report);
  return [
    'KTAP version 1',
    // A plan of nothing has to say why, or readers take it for a mistake.
    report.rules.length === 0 ? `1..0 # SKIP ${title}` : `1..${String(report.rules.length)}`,
    ...[title, ...warnings].map(diagnostic),
    ...fingerprintOf(report).map(({ name, value }) => diagnostic(`${name}: ${oneLine(value, 500)}`)),
    ...report.rules.flatMap((rule, index) => [
      ...(isQuiet(rule) ? [] : accountOf(rule).map((line) => diagnostic(`${rule.id}: ${line}`))),
      resultOf(rule, index + 1),
    ]),
    '',
  ].join('\n');
}

function isQuiet({ verdict }: RuleResult): boolean {
  return verdict === 'pass';
}

function resultOf(rule: RuleResult, number: number): string {
  const { ok, directive } = statusOf(rule);
  const gist = oneLine(gistOf(rule), 200).replaceAll('#', '\\#');
  // After a hash sign the first word is a directive: a reason must not become one.
  const comment = directive === undefined ? '' : ` # ${directive}${gist === '' ? '' : ` ${gist}`}`;
  return `${ok ? 'ok' : 'not ok'} ${String(number)} ${rule.id}${comment}`;
}

function statusOf({ verdict, unexpected, level }: RuleResult): {
  readonly ok: boolean;
  readonly directive?: string;
} {
  switch (verdict) {
    case 'pass':
    case 'observed':
      return { ok: true };
    case 'known':
      return { ok: true, directive: 'XFAIL' };
    case 'untested':
      return { ok: true, directive: 'SKIP' };
    case 'broken':
      return { ok: false, directive: 'ERROR' };
    case 'not run':
      return { ok: false, directive: 'ERROR not run:' };
    case 'fail':
    case 'fixed':
      return unexpected ? { ok: false } : { ok: true, directive: `XFAIL ${level}:` };
  }
}

function diagnostic(line: string): string {
  return `# ${line}`;
}
