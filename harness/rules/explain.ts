import { hexdump } from '../packet/explain';
import type { Level } from './level';
import type { Exhibit, Finding } from './outcome';
import type { Verdict } from './verdict';

const WIDTH = 100;

/**
 * A finding for a reader, line by line: the requirement first, then what was expected, then everything that was seen. Fields
 * that decided stand in brackets.
 */
export function explain(
  rule: { readonly id: string; readonly says: string; readonly level: Level },
  verdict: Verdict,
  finding: Finding,
  hints: readonly string[] = [],
): string[] {
  const head = `${rule.level.toUpperCase()}  ${verdict.toUpperCase()}`;
  return [
    `${rule.id.padEnd(WIDTH - head.length - 1)} ${head}`,
    `  ${rule.says}`,
    ...bodyOf(finding).map((line) => `  ${line}`),
    ...hints.map((hint) => `  ${hint}`),
  ];
}

function bodyOf(finding: Finding): string[] {
  switch (finding.kind) {
    case 'pass':
      return [];
    case 'observed':
      return [`Observed  ${finding.observed}`];
    case 'fail':
      return [
        `Expected  ${finding.expected}`,
        `Observed  ${finding.observed}`,
        ...finding.exhibits.flatMap(linesOf),
      ];
    case 'untested':
    case 'broken':
      return finding.reason.split('\n');
  }
}

function linesOf(exhibit: Exhibit): string[] {
  return [
    `          ${exhibit.title}`,
    ...hexdump(exhibit.actual, exhibit.marks).map((line) => `            ${line}`),
  ];
}
