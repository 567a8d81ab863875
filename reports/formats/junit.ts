import { fingerprintOf } from '../fingerprint';
import { headlineOf } from '../headline';
import type { Report, RuleResult } from '../report';
import { sectionNumber, sectionsOf, type SectionRules } from '../sections';
import { escapeMarkup, oneLine, printable } from '../text';
import { accountOf, FIELD_LIMIT, gistOf } from './account';

// The schema of the Jenkins plug-in has no room for properties in a test case, so those of the rules stand in their suite,
// after the rule's id. One suite is a section.

type Ending = 'failure' | 'error' | 'skipped';

/**
 * JUnit XML, valid against the schema of the Jenkins xUnit plug-in. A consumer that turns red on `failure` and `error` turns
 * red exactly when the run did: what the RFC only recommends, and what is known, is skipped with its reason, and a rule that
 * had no chance is an error, so that a run that died cannot be taken for one that finished.
 */
export function junit(report: Report): string {
  const suites = sectionsOf(report)
    .filter(({ rules }) => rules.length > 0)
    .map((section) => suiteOf(report, section));
  // The schema knows how many were skipped in a suite, but not in all of them.
  const whole = { ...tally(report.rules), skipped: undefined };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'rfc3542', ...whole })}>`,
    ...suites.flat(),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(report: Report, { document, section, title, rules }: SectionRules): string[] {
  return [
    `  <testsuite${attributes({
      name: `${document} ${sectionNumber({ document, section })} ${title}`,
      ...tally(rules),
      timestamp: report.run.started.slice(0, 19),
      package: document,
    })}>`,
    '    <properties>',
    ...[
      property('result', headlineOf(report).title),
      ...headlineOf(report).warnings.map((warning) => property('warning', warning)),
      ...fingerprintOf(report).map(({ name, value }) => property(name, value)),
      property('document', document),
      property('section', sectionNumber({ document, section })),
      ...rules.flatMap(({ id, level, says, covers }) => [
        property(`${id} level`, level),
        property(`${id} requirement`, says),
        property(`${id} covers`, covers.join(' ')),
      ]),
    ].map((line) => `      ${line}`),
    '    </properties>',
    ...rules.flatMap(caseOf).map((line) => `    ${line}`),
    '  </testsuite>',
  ];
}

function caseOf(rule: RuleResult): string[] {
  const open = `<testcase${attributes({
    // With its document: sections of two documents share numbers, and a reader may take 6.10 for a number.
    classname: `${rule.document}.${sectionNumber(rule)}`,
    name: rule.id,
    time: seconds(rule.duration),
  })}>`;
  const ending = endingOf(rule);
  const text = `${accountOf(rule).join('\n')}\n`;
  const body =
    ending === undefined
      ? `<system-out>${escapeMarkup(text)}</system-out>`
      : `<${ending}${attributes({ type: rule.verdict, message: gistOf(rule) })}>${escapeMarkup(text)}</${ending}>`;
  return [open, `  ${body}`, '</testcase>'];
}

function endingOf({ verdict, unexpected }: RuleResult): Ending | undefined {
  switch (verdict) {
    case 'fail':
    case 'fixed':
      return unexpected ? 'failure' : 'skipped';
    case 'broken':
    case 'not run':
      return 'error';
    case 'known':
    case 'untested':
      return 'skipped';
    case 'pass':
    case 'observed':
      return undefined;
  }
}

function tally(rules: readonly RuleResult[]): Readonly<Record<string, string>> {
  const endings = rules.map(endingOf);
  const number = (ending: Ending): string => String(endings.filter((each) => each === ending).length);
  return {
    tests: String(rules.length),
    failures: number('failure'),
    errors: number('error'),
    skipped: number('skipped'),
    time: seconds(rules.reduce((sum, { duration }) => sum + duration, 0)),
  };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function property(name: string, value: string): string {
  return `<property${attributes({ name, value: oneLine(value, FIELD_LIMIT) })}/>`;
}

function attributes(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => ` ${name}="${escapeMarkup(printable(value))}"`)
    .join('');
}
