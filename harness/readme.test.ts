import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERDICTS } from '../reports/report';
import { coverage } from './cli/coverage';
import { command } from './cli/main';
import { EXIT } from './rules/verdict';
import { loadSuite, ROOT } from './run/suite';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const suite = loadSuite();

/** What stands between two lines of the README. */
function between(start: string, end: string): string {
  const from = readme.indexOf(start);
  return readme.slice(from, readme.indexOf(end, from));
}

test('the table of coverage is the one that the command prints', () => {
  const { requirements } = suite.catalogue;
  expect(readme).toContain(
    `<summary>${String(requirements.size)} requirements, ${String(suite.rules.length)} rules</summary>`,
  );
  expect(readme).toContain(coverage(suite));
});

test('every command is named, and no other', async () => {
  let help = '';
  await command(['--help'], {
    out: (text) => {
      help += text;
    },
    err: () => undefined,
  });
  const commands = [...help.matchAll(/^ {2}([a-z]+) /gm)]
    .map(([, name]) => name)
    .filter((name) => name !== 'help');
  const table = between('| `run [', '### Verdicts');
  const named = [...table.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z]+)[ `]/g)].map(([, name]) => name),
  );
  expect([...named].sort()).toEqual([...commands].sort());
});

test('every verdict and every exit code is explained', () => {
  const table = between('### Verdicts', '## Rules');
  const cells = [...table.matchAll(/^\| ([a-z0-9 ]+?) +\|/gm)].map(([, cell]) => cell);
  expect(cells).toEqual(expect.arrayContaining([...VERDICTS]));
  expect(cells).toEqual(expect.arrayContaining(Object.values(EXIT).map(String)));
});

test('every room is in the picture of the house', () => {
  const layout = between('## Layout', '## Working on it');
  for (const parent of ['harness', '.']) {
    const rooms = readdirSync(join(ROOT, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(\.|node_modules)/.test(entry.name))
      .map(({ name }) => name);
    for (const room of rooms) expect(layout).toMatch(new RegExp(`^ *${room}/`, 'm'));
  }
});
