import type { Evidence } from '../../evidence';
import { killersOf, type ProofRecord } from '../../proof';
import type { RuleResult } from '../../report';
import { oneLine, plural } from '../../text';
import { FIELD_LIMIT, gistOf } from '../account';
import { linked } from './links';
import { markup, type Markup } from './markup';
import { evidenceFigure, exhibitFigure } from './packet';
import { badge, LOOKS } from './verdicts';

/** How much of a page packets may take, so that it opens at once however many there are. */
const PACKET_BUDGET = 1_200_000;
const EXHIBITS = 8;
const PACKETS = 2;
const KILLERS = 3;

/** Renders rules one after the other, and keeps account of how much room is left for their packets. */
export class RuleWriter {
  #left = PACKET_BUDGET;

  readonly #killers: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly evidence: Evidence | undefined,
    proof: ProofRecord | undefined,
  ) {
    this.#killers = proof === undefined ? new Map() : killersOf(proof);
  }

  /** A rule as something to unfold; the ones that need a reader are open. */
  write(rule: RuleResult): Markup {
    const { name } = LOOKS[rule.verdict];
    return markup`<details
      class="rule v-${name}"
      id="${rule.id}"
      data-verdict="${rule.verdict}"
      data-level="${rule.level}"
      ${needsReader(rule) && 'open'}
    >
      <summary>
        ${badge(rule.verdict)} <code class="id">${rule.id}</code> <span class="level">${rule.level}</span>${
          rule.verdict === 'fail' && !rule.unexpected && markup` <span class="level">not demanded</span>`
        }<span class="says">${text(rule.says)}</span>${gist(rule)}
      </summary>
      <div class="account">
        ${findings(rule)}
        ${symptomsNote(rule)} ${deviationNote(rule)} ${this.packets(rule)} ${meta(rule, this.#killers.get(rule.id) ?? [])}
      </div>
    </details>`;
  }

  private packets(rule: RuleResult): Markup {
    const exhibits = rule.exhibits.slice(0, EXHIBITS).map((exhibit) => exhibitFigure(exhibit));
    const left = rule.exhibits.length - exhibits.length;
    return markup`${exhibits.map((figure) => this.spend(figure))}${
      left > 0 && markup`<p class="more">${plural(left, 'more packet')} in the record.</p>`
    }${this.evidenceOf(rule)}`;
  }

  private evidenceOf({ packets }: RuleResult): Markup | false {
    if (packets === undefined || packets.count === 0) return false;
    const numbers = Array.from(
      { length: Math.min(PACKETS, packets.count) },
      (_, index) => packets.first + index,
    );
    const since = this.evidence?.packet(packets.first)?.time ?? 0n;
    const figures = numbers.flatMap((number) => {
      const packet = this.evidence?.packet(number);
      return packet === undefined ? [] : [this.spend(evidenceFigure(number, packet, since))];
    });
    const range = `${String(packets.first)} to ${String(packets.first + packets.count - 1)}`;
    const where = packets.count === 1 ? `number ${String(packets.first)}` : `numbers ${range}`;
    return markup`<details class="wire">
      <summary>${plural(packets.count, 'packet')} on the wire, ${where} of the evidence</summary>
      ${figures}
    </details>`;
  }

  /** The figure, or a word in its place when there is no room left. */
  private spend(figure: Markup): Markup {
    if (figure.text.length > this.#left)
      return markup`<p class="more">Its bytes are in the record and the evidence.</p>`;
    this.#left -= figure.text.length;
    return figure;
  }
}

function needsReader({ verdict, unexpected }: RuleResult): boolean {
  return unexpected || verdict === 'broken' || verdict === 'fail';
}

/** What came, where it is of interest though the rule is folded up. */
function gist(rule: RuleResult): Markup | false {
  const seen = rule.verdict === 'pass' ? '' : gistOf(rule);
  return seen !== '' && markup`<span class="gist">${seen}</span>`;
}

function findings({ expected, observed, reason }: RuleResult): Markup | false {
  const rows = [
    ['Expected', expected],
    ['Observed', observed],
    ['Reason', reason],
  ] as const;
  const given = rows.filter((row): row is readonly [(typeof row)[0], string] => row[1] !== undefined);
  if (given.length === 0) return false;
  return markup`<dl class="findings">
    ${given.map(
      ([name, value]) =>
        markup`<div class="${name.toLowerCase()}">
          <dt>${name}</dt>
          <dd>${text(value)}</dd>
        </div>`,
    )}
  </dl>`;
}

function symptomsNote({ symptoms }: RuleResult): Markup | false {
  return (
    symptoms.length > 0 &&
    markup`<ul class="note symptom">
      ${symptoms.map(
        ({ reference, systems, link }) =>
          markup`<li>This is the symptom of ${linked(reference, link)}: ${text(systems)}</li>`,
      )}
    </ul>`
  );
}

function deviationNote({ deviation, verdict }: RuleResult): Markup | false {
  if (deviation === undefined) return false;
  const { platform, builds, observed, reason, link } = deviation;
  const lead =
    verdict === 'fixed' ? 'A deviation is listed that this build no longer has' : 'Listed deviation';
  return markup`<p class="note">
    ${lead}: ${text(reason)} On ${text(platform)} ${text(builds)}, observed is ${text(observed)}.
    ${linked(link, link)}
  </p>`;
}

function meta({ id, duration, covers, figures }: RuleResult, killers: readonly string[]): Markup {
  const rows = [
    `covers ${covers.map((row) => oneLine(row, 100)).join(', ') || 'nothing'}`,
    ...(killers.length === 0 ? [] : [`seen to fail under ${seeded(killers)}`]),
    `${duration.toLocaleString('en-US', { maximumFractionDigits: 1 })} ms`,
    ...Object.entries(figures).map(
      ([name, value]) => `${oneLine(name, 100)} ${value.toLocaleString('en-US')}`,
    ),
  ];
  return markup`<p class="meta">
    ${rows.join(' · ')} · in Wireshark <code>frame.comment == "${id}"</code> · <a href="#${id}">link to this rule</a>
  </p>`;
}

/** The first few of the seeded defects. */
function seeded(killers: readonly string[]): string {
  const shown = killers.slice(0, KILLERS).map((id) => oneLine(id, 100));
  const left = killers.length - shown.length;
  return `${shown.join(', ')}${left > 0 ? ` and ${plural(left, 'more defect')}` : ''}`;
}

function text(value: string): string {
  return oneLine(value, FIELD_LIMIT) || '(empty)';
}
