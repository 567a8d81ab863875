import type { Comparison } from '../../compare';
import type { Evidence } from '../../evidence';
import { fingerprintOf } from '../../fingerprint';
import { headlineOf, needsReader } from '../../headline';
import type { ProofRecord } from '../../proof';
import { LEVELS, type Report, type RuleResult, VERDICTS } from '../../report';
import { sectionName, type SectionRules, sectionsOf } from '../../sections';
import { oneLine, plural } from '../../text';
import { gistOf } from '../account';
import { changesSection } from './changes';
import { coverage } from './coverage';
import { markup, type Markup } from './markup';
import { legend } from './packet';
import { resembles } from './resembles';
import { RuleWriter } from './rule';
import { page } from './shell';
import { badge, LOOKS } from './verdicts';

/**
 * One page that holds everything and asks for nothing from elsewhere: the verdict for the build, its fingerprint, the RFC as
 * a picture, and every rule with its packets. Without its script it can still be read; only the filters are missing.
 */
export function html(
  report: Report,
  beside: { readonly evidence?: Evidence; readonly proof?: ProofRecord; readonly changes?: Comparison } = {},
): string {
  const { title } = headlineOf(report);
  const sections = sectionsOf(report).filter(({ rules }) => rules.length > 0);
  const writer = new RuleWriter(beside.evidence, beside.proof);
  return page(
    `rfc3542: ${title} – ${oneLine(report.machine.build, 100)}`,
    markup`<a class="skip" href="#rules">Skip to the rules</a>
<header>
${verdict(report)}
${fingerprint(report)}
</header>
<main>
${beside.changes !== undefined && changesSection(beside.changes)}
${coverage(report)}
${urgent(report)}
<section aria-labelledby="rules">
<h2 id="rules" tabindex="-1">Rules</h2>
${filters(report, sections)}
${legend()}
${sections.map((section, index) => rulesOf(section, index, writer))}
<p class="none" hidden>No rule matches. <button type="button" class="reset">Show all</button></p>
</section>
</main>
<footer><p>${origin(report)}</p></footer>`,
  );
}

function verdict(report: Report): Markup {
  const { outcome, title, warnings } = headlineOf(report);
  const { machine, rules } = report;
  return markup`<div class="verdict o-${outcome}">
<p class="over">RFC 3542, raw ICMPv6 sockets</p>
<h1>${title}</h1>
<p class="build">${oneLine(machine.build, 200)}, kernel ${oneLine(machine.kernel, 200)}</p>
${warnings.map((warning) => markup`<p class="warning"><strong>Note</strong> ${warning}</p>`)}
${resembles(report)}
${rules.length > 0 && tally(report)}
</div>`;
}

/** The counts, as a bar and in words. */
function tally({ counts, rules }: Report): Markup {
  const present = VERDICTS.filter((each) => counts[each] > 0);
  let x = 0;
  return markup`<svg class="bar" viewBox="0 0 ${rules.length} 1" preserveAspectRatio="none" aria-hidden="true">${present.map(
    (each) => {
      x += counts[each];
      return markup`<rect class="v-${LOOKS[each].name}" x="${x - counts[each]}" width="${counts[each]}" height="1"/>`;
    },
  )}</svg>
<ul class="counts">${present.map(
    (each) =>
      markup`<li><span class="cell v-${LOOKS[each].name}" aria-hidden="true"></span><span><strong>${counts[each].toLocaleString('en-US')}</strong> <a href="${addressOf([{ verdict: each }])}">${each}</a><span class="means">${LOOKS[each].means}</span></span></li>`,
  )}</ul>`;
}

function fingerprint(report: Report): Markup {
  // Nobody reads 64 digits, and a few tell two catalogues apart; the record has them all.
  const short = (value: string): string => value.replace(/^([0-9a-f]{12})[0-9a-f]{52}$/, '$1…');
  return markup`<dl class="fingerprint" aria-label="Fingerprint">${fingerprintOf(report).map(
    ({ name, value }) => markup`<div><dt>${name}</dt><dd>${oneLine(short(value), 300)}</dd></div>`,
  )}</dl>`;
}

/** How many are listed at the top; the rest are a filter away. */
const URGENT = 8;

/** What a reader came for, before the rules in the RFC's order. */
function urgent(report: Report): Markup | false {
  const rules = needsReader(report);
  if (rules.length === 0) return false;
  const left = rules.length - URGENT;
  return markup`<section class="urgent" aria-labelledby="urgent">
    <h2 id="urgent">Needs a reader</h2>
    <ul>
      ${rules.slice(0, URGENT).map(
        (rule) =>
          markup`<li>
            ${badge(rule.verdict)}
            <div><a class="id" href="#${rule.id}"><code>${rule.id}</code></a><span class="gist">${gistOf(rule)}</span></div>
          </li>`,
      )}
    </ul>
    ${
      left > 0 &&
      markup`<p class="more"><a href="${addressOf(rules)}">All ${rules.length.toLocaleString('en-US')}</a></p>`
    }
  </section>`;
}

/** Leads to the rules with the verdicts of these, by the page's own filter. */
function addressOf(rules: readonly Pick<RuleResult, 'verdict'>[]): string {
  const verdicts = [...new Set(rules.map(({ verdict }) => verdict))];
  return `?${verdicts.map((verdict) => `verdict=${encodeURIComponent(verdict)}`).join('&')}#rules`;
}

function filters({ counts, rules }: Report, sections: readonly SectionRules[]): Markup {
  const present = VERDICTS.filter((each) => counts[each] > 0);
  return markup`<form class="filters" role="search" aria-label="Filter the rules" hidden>
<label class="search"><span class="hidden">Search</span><input type="search" name="q" placeholder="Search ids and requirements" autocomplete="off" spellcheck="false"></label>
<fieldset><legend class="hidden">Verdict</legend>${present.map(
    (each) =>
      markup`<label class="chip v-${LOOKS[each].name}"><input type="checkbox" name="verdict" value="${each}"><span>${each} <small>${counts[each]}</small></span></label>`,
  )}</fieldset>
<label><span class="hidden">Level</span><select name="level"><option value="">any level</option>${LEVELS.map(
    (level) => markup`<option>${level}</option>`,
  )}</select></label>
<label><span class="hidden">Section</span><select name="section"><option value="">any section</option>${sections.map(
    (section, index) =>
      markup`<option value="s${index}">${oneLine(`${sectionName(section)} ${section.title}`, 70)}</option>`,
  )}</select></label>
<p class="shown"><output>${plural(rules.length, 'rule')}</output> <button type="reset">Show all</button></p>
</form>`;
}

function rulesOf(section: SectionRules, index: number, writer: RuleWriter): Markup {
  return markup`<section class="rules" data-section="s${index}">
<h3>${oneLine(sectionName(section), 100)} <span>${oneLine(section.title, 200)}</span></h3>
${section.rules.map((rule) => writer.write(rule))}
</section>
`;
}

function origin({ run, suite, packets }: Report): string {
  const when = run.finished === undefined ? `started ${run.started}` : `${run.started} to ${run.finished}`;
  const evidence =
    packets === undefined
      ? ''
      : ` Evidence: ${packets.file}, ${plural(packets.count, 'packet')}, SHA-256 ${packets.sha256}.`;
  return `rfc3542 ${oneLine(suite.version, 60)}, ${when}.${evidence}`;
}
