import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { count } from '../../reports/counts';
import { SCHEMA, type Report, type RuleResult, type SectionEntry } from '../../reports/report';
import { sealed } from '../../reports/seal';
import { writeAtomically } from '../../reports/write';
import type { MachineFacts } from '../platform/current';
import type { Catalogue } from '../rules/catalogue';
import { levelOf } from '../rules/catalogue';
import { buildsOf, type Deviation } from '../rules/deviations';
import type { Outcome } from '../rules/outcome';
import type { PlacedRule, Section } from '../rules/rule';
import { symptomsIn, symptomsOf, type Symptoms } from '../rules/symptoms';
import { exitCodeOf, judge, type Expectations } from '../rules/verdict';
import type { EvidenceFile } from './evidence-file';

export const EVIDENCE_NAME = 'wire.pcapng';
export const RECORD_NAME = 'report.json';

/** How often the record is written while the run goes on, in milliseconds. */
const INTERVAL = 1000;

export interface RecordedRun {
  readonly selectors: readonly string[];
  readonly seed: number;
  readonly strict: boolean;
  readonly lab: string;
  readonly defects: readonly string[];
}

/** Keeps the record of a run from its first moment, when nothing has run, to its end. */
export class Recorder {
  readonly #results = new Map<string, RuleResult>();
  readonly #started = new Date();
  readonly #machine: MachineFacts;
  readonly #version = suiteVersion();
  #offloads: readonly string[] = [];
  readonly #symptoms: Symptoms;
  #suiteError = false;
  #written = 0;

  constructor(
    private readonly folder: string,
    private readonly run: RecordedRun,
    private readonly rules: readonly PlacedRule[],
    private readonly catalogue: Catalogue,
    private readonly expectations: Expectations,
    private readonly sections: readonly Section[],
    machine: MachineFacts,
    private readonly evidence: EvidenceFile,
  ) {
    this.#machine = machine;
    this.#symptoms = symptomsIn(sections);
    for (const rule of rules) {
      this.#results.set(rule.id, { ...this.blank(rule), reason: 'The run ended before this rule.' });
    }
    this.write(this.report());
  }

  laboratory(offloads: readonly string[]): void {
    this.#offloads = offloads;
  }

  /** Adds what a rule came to, and returns it as it stands in the record. */
  finished(id: string, outcome: Outcome): RuleResult {
    const rule = this.rules.find((candidate) => candidate.id === id);
    if (rule === undefined) throw new RangeError(`The rule ${id} was not selected`);
    const result = this.result(rule, outcome);
    this.#results.set(id, result);
    if (outcome.finding.kind === 'broken' && outcome.finding.suite) this.#suiteError = true;
    if (Date.now() - this.#written > INTERVAL) this.write(this.report());
    return result;
  }

  get results(): readonly RuleResult[] {
    return [...this.#results.values()];
  }

  /** Writes the evidence and the final record. `interrupted` says what ended the run early, with its exit code. */
  finish(interrupted?: { readonly by: string; readonly exitCode: number }): Report {
    const exitCode = interrupted?.exitCode ?? exitCodeOf(this.results, this.#suiteError);
    const count = this.evidence.packets;
    const sha256 = writeAtomically(join(this.folder, EVIDENCE_NAME), (write) => this.evidence.finish(write));
    const soFar = this.report();
    const report = sealed({
      ...soFar,
      run: {
        ...soFar.run,
        finished: new Date().toISOString(),
        ...(interrupted === undefined ? {} : { interrupted: interrupted.by }),
        exitCode,
      },
      packets: { file: EVIDENCE_NAME, count, sha256 },
    });
    this.write(report);
    return report;
  }

  private report(): Report {
    const { lab, ...run } = this.run;
    return {
      schema: SCHEMA,
      suite: { version: this.#version, catalogue: this.catalogue.hash },
      machine: { ...this.#machine, lab, offloads: this.#offloads },
      run: { ...run, started: this.#started.toISOString() },
      counts: count(this.results),
      sections: this.sections.map(entryOf),
      rules: this.results,
    };
  }

  private write(report: Report): void {
    writeAtomically(join(this.folder, RECORD_NAME), `${JSON.stringify(report, null, 1)}\n`);
    this.#written = Date.now();
  }

  private blank(rule: PlacedRule): RuleResult {
    return {
      id: rule.id,
      document: documentOf(rule.section.id),
      section: rule.section.id,
      sectionTitle: rule.section.title,
      level: levelOf(this.catalogue, rule),
      says: rule.says,
      covers: rule.covers,
      verdict: 'not run',
      unexpected: false,
      duration: 0,
      exhibits: [],
      symptoms: [],
      figures: {},
    };
  }

  private result(rule: PlacedRule, { finding, duration, packets, figures }: Outcome): RuleResult {
    const blank = this.blank(rule);
    const { verdict, unexpected, deviation } = judge(blank, finding, this.expectations);
    const symptoms = finding.kind === 'fail' ? symptomsOf(this.#symptoms, rule.id, finding.observed) : [];
    return {
      ...blank,
      verdict,
      unexpected,
      duration: Math.round(duration * 1000) / 1000,
      ...(finding.kind === 'fail' ? { expected: finding.expected } : {}),
      ...('observed' in finding ? { observed: finding.observed } : {}),
      ...('reason' in finding ? { reason: finding.reason } : {}),
      exhibits:
        finding.kind === 'fail'
          ? finding.exhibits.map(({ title, actual, expected, marks }) => ({
              title,
              actual: actual.toString('hex'),
              ...(expected === undefined ? {} : { expected: expected.toString('hex') }),
              marks,
            }))
          : [],
      ...(deviation === undefined ? {} : { deviation: knownOf(deviation) }),
      symptoms,
      figures,
      ...(packets.count === 0 ? {} : { packets }),
    };
  }
}

function knownOf(deviation: Deviation): NonNullable<RuleResult['deviation']> {
  const { platform, observed, reason, link } = deviation;
  return { platform, builds: buildsOf(deviation), observed, reason, link };
}

function entryOf({ id: section, title, without }: Section): SectionEntry {
  const entry = { document: documentOf(section), section, title };
  return without === undefined ? entry : { ...entry, without };
}

/** `6.3` is a section of RFC 3542, `rfc4443-2.3` one of RFC 4443, and a defect that shipped is history. */
function documentOf(section: string): string {
  if (/^\d/.test(section)) return 'rfc3542';
  return /^rfc\d+(?=-)/.exec(section)?.[0] ?? 'history';
}

function suiteVersion(): string {
  const text = readFileSync(join(__dirname, '../../package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
