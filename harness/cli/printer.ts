import { join, relative } from 'node:path';
import { colour } from './colour';
import { VERDICTS, type Report, type RuleResult, type Verdict } from '../../reports/report';
import type { MachineFacts } from '../platform/current';
import { isUnknown, resemblances, similarTo } from '../../reports/headline';
import { printable } from '../../reports/text';
import { explain } from '../rules/explain';
import type { Finding } from '../rules/outcome';
import type { OptIn } from '../rules/rule';

const COLOUR: Readonly<Record<Verdict, (text: string) => string>> = {
  broken: colour.magenta,
  fail: colour.red,
  fixed: colour.red,
  'not run': colour.yellow,
  untested: colour.yellow,
  known: colour.cyan,
  observed: colour.dim,
  pass: colour.green,
};

/** What a person sees of a run. Progress is for terminals only; everything else is plain when piped. */
export class Printer {
  #done = 0;

  constructor(
    private readonly out: NodeJS.WriteStream,
    private readonly total: number,
    private readonly quiet: boolean,
  ) {}

  start(machine: MachineFacts, lab: string, seed: number, waiting: readonly OptIn[]): void {
    if (this.quiet) return;
    this.out.write(
      `${machine.build}, kernel ${machine.kernel.split(' ')[0] ?? ''}, ${machine.architecture}\n`,
    );
    const more = [...new Set(waiting)].map(
      (leave) => `; ${String(waiting.filter((each) => each === leave).length)} more with --${leave}`,
    );
    this.out.write(
      `${String(this.total)} rules, laboratory ${lab}, seed ${String(seed)}${more.join('')}\n\n`,
    );
  }

  result(result: RuleResult, finding: Finding): void {
    this.#done += 1;
    if (result.unexpected || result.verdict === 'broken' || (result.verdict === 'fail' && !this.quiet)) {
      this.clear();
      const lines = explain(result, result.verdict, finding, hintsOf(result)).map(printable);
      lines[0] = COLOUR[result.verdict](lines[0] ?? '');
      this.out.write(`${lines.join('\n')}\n\n`);
    }
    if (this.out.isTTY && !this.quiet) {
      this.clear();
      this.out.write(colour.dim(`${String(this.#done)}/${String(this.total)} ${result.id}`));
    }
  }

  end(report: Report, folder: string, files: readonly string[]): void {
    this.clear();
    const paragraphs = this.quiet
      ? [missing(report)]
      : [[...missing(report), ...known(report)], table(report)];
    // What a single rule looks like, that rule has said.
    paragraphs.push(
      resemblances(report)
        .filter((each) => each.rules > 1)
        .map(similarTo),
    );
    for (const lines of paragraphs) if (lines.length > 0) this.out.write(`${lines.join('\n')}\n\n`);
    this.out.write(`${conclusion(report)}\n`);
    for (const file of files) this.out.write(`${relative('.', join(folder, file))}\n`);
  }

  private clear(): void {
    if (this.out.isTTY) this.out.write('\r\x1b[K');
  }
}

function hintsOf({ verdict, symptoms, deviation }: RuleResult): string[] {
  return [
    ...(verdict === 'fixed' && deviation !== undefined
      ? [
          `A deviation is listed for ${deviation.platform} ${deviation.builds}, observed as: ${deviation.observed}. The rule passes: the list is stale.`,
        ]
      : []),
    ...(verdict === 'fail' && deviation !== undefined
      ? [
          `The deviation listed for ${deviation.platform} ${deviation.builds} is another one: ${deviation.observed}`,
        ]
      : []),
    ...(symptoms.length === 0
      ? []
      : [`This is the symptom of ${symptoms.map(({ reference }) => reference).join(', ')}.`]),
  ];
}

/** Why rules were not tested, each reason once. */
export function missing({ rules }: Report): string[] {
  const groups = new Map<string, string[]>();
  for (const { verdict, reason, id } of rules) {
    if (reason === undefined || verdict === 'broken') continue;
    const key = `${verdict}: ${reason}`;
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return [...groups].map(([reason, ids]) => colour.yellow(printable(`${String(ids.length)} ${reason}`)));
}

function known({ rules }: Report): string[] {
  return rules
    .filter(({ verdict }) => verdict === 'known')
    .map(
      ({ id, observed = '', deviation }) =>
        `${colour.cyan('known')}  ${id}: ${printable(`${observed}. ${deviation?.reason ?? ''}`)}`,
    );
}

/** Verdicts by section; a column for each verdict that occurs. */
function table({ rules, counts }: Report): string[] {
  const verdicts = VERDICTS.filter((verdict) => counts[verdict] > 0).reverse();
  const sections = [...new Set(rules.map(({ section }) => section))];
  const width = Math.max(
    ...rules.map(({ section, sectionTitle }) => section.length + sectionTitle.length + 3),
    8,
  );
  const row = (title: string, of: readonly RuleResult[]): string =>
    [
      title.padEnd(width),
      ...verdicts.map((verdict) => {
        const count = of.filter((rule) => rule.verdict === verdict).length;
        const cell = (count === 0 ? '·' : String(count)).padStart(Math.max(verdict.length, 4) + 2);
        return count === 0 ? colour.dim(cell) : COLOUR[verdict](cell);
      }),
    ].join('');
  return [
    [
      'Section'.padEnd(width),
      ...verdicts.map((verdict) => verdict.padStart(Math.max(verdict.length, 4) + 2)),
    ].join(''),
    ...sections.map((section) => {
      const of = rules.filter((rule) => rule.section === section);
      return row(`${section}  ${of[0]?.sectionTitle ?? ''}`, of);
    }),
  ];
}

/** One line: whether the build does what was expected of it. */
function conclusion({ run, rules }: Report): string {
  const total = String(rules.length);
  const unexpected = rules.filter((rule) => rule.unexpected).length;
  if (run.interrupted !== undefined) return colour.yellow(`INTERRUPTED by ${run.interrupted}`);
  switch (run.exitCode) {
    case 0:
      return colour.green(`AS EXPECTED: ${total} rules`);
    case 1:
      return colour.red(`UNEXPECTED: ${String(unexpected)} of ${total} rules`);
    case 3:
      return colour.yellow(
        `INCOMPLETE: ${String(rules.filter(({ verdict }) => isUnknown(verdict)).length)} of ${total} rules say nothing`,
      );
    default:
      return colour.magenta(`ERROR in the suite`);
  }
}
