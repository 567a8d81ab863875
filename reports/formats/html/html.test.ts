import { readFileSync } from 'node:fs';
import { compare } from '../../compare';
import { decodeEvidence } from '../../evidence';
import { PROOF_SCHEMA, type ProofRecord } from '../../proof';
import type { Report } from '../../report';
import { evidenceOf } from '../golden/evidence';
import { bodyOf, expectGolden } from '../golden/golden';
import { clean, record, withRules } from '../golden/record';
import { columnOf, matrixOf } from '../../matrix';
import { inBrowser, Stage, type Visit } from './browser';
import { changesAsHtml } from './changes';
import { html } from './index';
import { matrixAsHtml } from './matrix';

const evidence = decodeEvidence(evidenceOf(record), 'wire.pcapng');
const beside = { evidence, changes: compare(clean, record) };

test('the golden files', () => {
  expectGolden(bodyOf(html(record, beside)), 'page.golden.html');
  expectGolden(bodyOf(changesAsHtml(beside.changes)), 'changes.golden.html');
});

test('a rule says under which seeded defects it was seen to fail, where a proof lies beside the record', () => {
  const defect = { says: '', survived: [], collateral: [], broken: [], ran: 1 };
  const defects = ['a', 'b', '<c>', 'd', 'e'].map((id) => ({ ...defect, id, killed: ['3.1.two-routes'] }));
  const proof: ProofRecord = {
    schema: PROOF_SCHEMA,
    ...{ machine: {}, seed: 7, rules: {}, exceptions: {}, changes: 64, unseen: [], faults: [] },
    defects,
  };
  expect(html(record, { proof })).toContain('seen to fail under a, b, &lt;c&gt; and 2 more defects ·');
  expect(html(record)).not.toContain('seen to fail');
});

/** A full run: six hundred rules, each with its packets. */
function fullRun(): { report: Report; packets: Buffer } {
  const rules = Array.from({ length: 600 }, (_, index) => {
    const like = record.rules[index % 20 === 7 ? 0 : index % 30 === 11 ? 2 : 1];
    if (like === undefined) throw new Error('The record has rules');
    const section = String(1 + Math.floor(index / 15));
    return {
      ...like,
      id: `${section}.a-rule-with-a-name-of-usual-length-${String(index)}`,
      section,
      sectionTitle: 'A Section of Usual Length',
      packets: { first: 1 + 4 * index, count: 4 },
    };
  });
  return { report: withRules(record, rules, { sections: [] }), packets: evidenceOf({ rules }) };
}

test('the page of a full run with its packets is under 3 MB', () => {
  const { report, packets } = fullRun();
  const page = html(report, { evidence: decodeEvidence(packets, 'wire.pcapng') });
  expect(Buffer.byteLength(page)).toBeLessThan(3_000_000);
  expect(Buffer.byteLength(page)).toBeGreaterThan(1_000_000);
});

// A busy machine is slow, and no reason to fail.
jest.setTimeout(60_000);

inBrowser('in a browser', () => {
  const stage = new Stage();
  let address: string;
  let visit: Visit;

  beforeAll(async () => {
    await stage.open();
    address = stage.write('report.html', html(record, beside));
  });
  afterAll(async () => {
    await stage.close();
  });
  afterEach(async () => {
    await visit.end();
  });

  const shown = (): Promise<string[]> =>
    visit.read(
      '[...document.querySelectorAll(".rule")].filter((rule) => rule.checkVisibility()).map(({ id }) => id)',
    );

  test('it leads with the verdict, the warning and the fingerprint, and complains of nothing', async () => {
    visit = await stage.visit(address);
    expect(await visit.page.locator('h1').textContent()).toBe('4 rules fail, 1 stale deviation');
    expect(await visit.page.locator('header .warning').textContent()).toContain('interrupted: SIGINT');
    expect(await visit.page.locator('.fingerprint').textContent()).toContain('6.12.0-1-amd64');
    expect(visit.complaints).toEqual([]);
  });

  test('hostile text is seen, not run, and makes no element', async () => {
    visit = await stage.visit(address);
    expect(await visit.page.locator('body script').count()).toBe(1);
    expect(await visit.page.locator('b', { hasText: 'alert' }).count()).toBe(0);
    expect(await visit.page.locator('[id="3.2.hostile"] .says').textContent()).toContain(
      '<script>alert(1)</script>',
    );
    const links = await visit.read<string[]>(
      '[...document.querySelectorAll("a")].map((link) => link.getAttribute("href"))',
    );
    expect(
      links.filter(
        (link) =>
          !/^(\?verdict=[a-z%0-9]+(&verdict=[a-z%0-9]+)*#rules$|#|https:\/\/example\.org\/)/.test(link),
      ),
    ).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test('the map has a cell for each rule, which leads to the rule and opens it', async () => {
    visit = await stage.visit(address);
    expect(await visit.page.locator('a.cell').count()).toBe(record.rules.length);
    const pass = visit.page.locator('[id="3.1.verifies-on-every-size"]');
    expect(await pass.getAttribute('open')).toBeNull();
    await visit.page.locator('a.cell[href="#3.1.verifies-on-every-size"]').click();
    await visit.page.locator('[id="3.1.verifies-on-every-size"][open]').waitFor();
    expect(visit.page.url()).toContain('#3.1.verifies-on-every-size');
  });

  test('a deep link opens its rule, brings it into sight, and wins over a filter', async () => {
    visit = await stage.visit(`${address}?verdict=fail#rfc4443-4.1.hop-limit-of-echo`);
    await visit.page.locator('[id="rfc4443-4.1.hop-limit-of-echo"][open]').waitFor();
    await visit.page.waitForFunction('document.activeElement.matches("summary")');
    const focused = await visit.read<string>('document.activeElement.closest(".rule").id');
    expect(focused).toBe('rfc4443-4.1.hop-limit-of-echo');
    expect(await shown()).toHaveLength(record.rules.length);
    expect(visit.complaints).toEqual([]);
  });

  test('verdict, level, section and words filter, and the address keeps them', async () => {
    visit = await stage.visit(address);
    await visit.page.getByRole('checkbox', { name: 'fail' }).check();
    expect(await shown()).toHaveLength(5);
    await visit.page.getByLabel('Level').selectOption('should');
    expect(await shown()).toEqual(['3.2.odd-offset']);
    expect(await visit.page.locator('output').textContent()).toBe('1 of 12 rules');
    await visit.page.reload();
    expect(await shown()).toEqual(['3.2.odd-offset']);
    await visit.page.getByLabel('Search').fill('nothing like this');
    expect(await shown()).toEqual([]);
    await visit.page.locator('.none button').click();
    expect(await shown()).toHaveLength(12);
    await visit.page.getByLabel('Search').fill('CHECKSUM on every kernel-fills');
    expect(await shown()).toEqual(['3.1.kernel-fills-checksum']);
    await visit.page.getByRole('button', { name: 'Show all' }).first().click();
    await visit.page.getByLabel('Section').selectOption({ index: 3 });
    expect(await shown()).toEqual(['rfc4443-4.1.hop-limit-of-echo', 'rfc4443-4.1.never-reached']);
    expect(visit.complaints).toEqual([]);
  });

  test('the picture has every section, with a cell for each rule or the reason why there is none', async () => {
    visit = await stage.visit(address);
    const rows = await visit.read<string[][]>(
      `[...document.querySelectorAll('.map li')].map((row) => [row.querySelector('.number').textContent,
        ...[...row.querySelectorAll('.cell')].map((cell) => cell.className.slice('cell v-'.length)),
        row.querySelector('.without')?.textContent].filter((each) => each !== undefined))`,
    );
    expect(rows).toEqual([
      ['3.1', 'fail', 'pass', 'known', 'fixed', 'untested'],
      ['3.2', 'fail', 'fail', 'fail', 'fail', 'broken'],
      ['12', 'It asks nothing of a host. <b>'],
      ['4.1', 'observed', 'not-run'],
    ]);
    expect(await visit.page.locator('.coverage h3').allTextContents()).toEqual(['RFC 3542', 'RFC 4443']);
  });

  test('a number at the top leads to the rules that it counts', async () => {
    visit = await stage.visit(address);
    await visit.page.locator('.counts a', { hasText: 'not run' }).click();
    await visit.page.waitForURL(/verdict=not(%20|\+)run/);
    expect(await shown()).toEqual(['rfc4443-4.1.never-reached']);
  });

  test('the defects that the failures look like are named at the top', async () => {
    visit = await stage.visit(address);
    const [first] = await visit.page.locator('.resembles li').allTextContents();
    expect(first?.replace(/\s+/g, ' ')).toBe('Looks like KB974927 in 1 rule Windows Server 2003');
  });

  test('what was expected stands beside what came, with the checksum marked in both', async () => {
    visit = await stage.visit(address);
    const packet = visit.page.locator('[id="3.1.kernel-fills-checksum"] .packet').first();
    const marked = packet.locator('.bytes .f-sum');
    expect(await marked.allTextContents()).toEqual(['7f bb', '00 00']);
    expect(await marked.locator('b').count()).toBe(2);
    const [expected, observed] = await packet.locator('.side').all();
    const boxes = [await expected?.boundingBox(), await observed?.boundingBox()];
    expect(boxes[0]?.y).toBe(boxes[1]?.y);
    expect(await packet.locator('.fields tbody').textContent()).toMatch(/checksum\s*42\s*0x7fbb\s*0x0000/);
  });

  test('packets of the evidence have all of their fields', async () => {
    visit = await stage.visit(address);
    const wire = visit.page.locator('[id="3.1.verifies-on-every-size"] .wire');
    expect(await wire.locator('.packet').count()).toBe(2);
    const fields = await visit.read<string[]>(
      `[...new Set([...document.getElementById('3.1.verifies-on-every-size').querySelector('.wire .packet')
        .querySelectorAll('.f')].map((field) => field.title))]`,
    );
    expect(fields).toEqual([
      'version, traffic class and flow label',
      'payload length',
      'next header',
      'hop limit',
      'source',
      'destination',
      'type',
      'code',
      'checksum',
      'body',
    ]);
  });

  test('the keyboard goes along a row of the map and into a rule', async () => {
    visit = await stage.visit(address);
    await visit.page.locator('a.cell').first().focus();
    await visit.page.keyboard.press('ArrowRight');
    await visit.page.keyboard.press('End');
    await visit.page.keyboard.press('ArrowLeft');
    await visit.page.keyboard.press('Enter');
    await visit.page.waitForURL(/#3\.1\.option-reads-back$/);
    await visit.page.locator('[id="3.1.verifies-on-every-size"] summary').first().focus();
    await visit.page.keyboard.press('Enter');
    await visit.page.locator('[id="3.1.verifies-on-every-size"][open]').waitFor();
  });

  test('without its script everything is there but the filters', async () => {
    visit = await stage.visit(address, { script: false });
    expect(await visit.page.locator('.rule').count()).toBe(record.rules.length);
    expect(await visit.page.locator('.filters').isVisible()).toBe(false);
  });

  /** Everything is judged, also what is folded away, and what is out of sight, whose place is a guess until it is laid out. */
  const unfold = (): Promise<void> =>
    visit.read(`document.querySelectorAll('details').forEach((details) => {
      details.open = true;
      details.style.contentVisibility = 'visible';
    })`);

  const pages: Readonly<Record<string, () => string>> = {
    report: () => html(record, beside),
    'clean run': () => html(clean),
    'empty run': () => html(withRules(record, [])),
    comparison: () => changesAsHtml(beside.changes),
    matrix: () => matrixAsHtml(matrixOf([columnOf('a.json', clean), columnOf('b.json', record)])),
  };
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

  describe.each(Object.entries(pages))('the page of a %s', (name, render) => {
    test.each([
      ['light', { dark: false }],
      ['dark', { dark: true }],
    ] as const)(
      'is easy to read and to operate: %s',
      async (_, look) => {
        visit = await stage.visit(stage.write(`${name}.html`, render()), look);
        const { page } = visit;
        await unfold();
        await page.evaluate(axe);
        const violations = await visit.read<unknown[]>(
          `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(
          ({ id, nodes }) => nodes.map((node) => [id, node.html.slice(0, 200), node.failureSummary])))`,
        );
        expect(violations).toEqual([]);
        expect(visit.complaints).toEqual([]);
      },
      60_000,
    );

    test('fits on a phone', async () => {
      visit = await stage.visit(stage.write(`${name}.html`, render()), { width: 360 });
      await unfold();
      const { scrollWidth, clientWidth } = await visit.read<Readonly<Record<string, number>>>(
        '(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))(document.documentElement)',
      );
      expect(scrollWidth).toBe(clientWidth);
    });
  });

  // How long a page takes depends on what else the machine does; how much there is to open does not.
  test('a full run is small enough to open at once', async () => {
    const { report, packets } = fullRun();
    const full = stage.write('full.html', html(report, { evidence: decodeEvidence(packets, 'wire.pcapng') }));
    visit = await stage.visit(full);
    expect(await visit.page.locator('.rule').count()).toBe(600);
    expect(await visit.read<number>('document.querySelectorAll("*").length')).toBeLessThan(60_000);
    expect(visit.complaints).toEqual([]);
  });

  test('a deep link into a full run brings its rule into sight, however many came before it', async () => {
    const { report } = fullRun();
    const full = stage.write('full.html', html(report));
    const id = report.rules.at(-20)?.id ?? '';
    visit = await stage.visit(`${full}#${id}`);
    await visit.page.waitForFunction(
      `(() => {
        const { top } = document.getElementById(${JSON.stringify(id)}).getBoundingClientRect();
        return top >= 0 && top < innerHeight / 2 && document.activeElement.matches('summary');
      })()`,
    );
  });

  test('paper has no filters, and the failures with their bytes', async () => {
    visit = await stage.visit(address);
    await visit.page.emulateMedia({ media: 'print' });
    expect(await visit.page.locator('.filters').isVisible()).toBe(false);
    expect(await visit.page.locator('[id="3.1.kernel-fills-checksum"] .bytes').first().isVisible()).toBe(
      true,
    );
  });
});
