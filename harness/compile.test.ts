import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROJECT = join(__dirname, '..');
/** What ts-node looks for beside a project's tsconfig.json. */
const COMPILERS = ['@swc', 'typescript'];

let root: string;
const at = (name: string): string => join(root, name);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rfc3542-compile-'));
  mkdirSync(at('node_modules'));
  for (const name of COMPILERS) symlinkSync(join(PROJECT, 'node_modules', name), at(`node_modules/${name}`));
  writeFileSync(at('package-lock.json'), '{}');
  writeFileSync(at('tsconfig.json'), readFileSync(join(PROJECT, 'tsconfig.json')));
  source('one');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function source(word: string): void {
  writeFileSync(at('part.ts'), `export const word: string = '${word}';\n`);
  writeFileSync(
    at('main.ts'),
    `import { word } from './part';\ninterface Removed { readonly a: 1 }\n\nprocess.stdout.write(word satisfies string + new Error().stack!.split('\\n')[1]!.replace(/.*main/, ' main'));\n`,
  );
}

function start(): string {
  const program = `
    import { createRequire } from 'node:module';
    import { compileTypeScript } from ${JSON.stringify(join(__dirname, 'compile.mjs'))};
    compileTypeScript(${JSON.stringify(root)});
    createRequire(${JSON.stringify(at('x.js'))})('./main.ts');`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  return stdout === '' ? stderr : stdout;
}

const kept = (): string => at('node_modules/.cache/rfc3542');

/** Leaves a word in what was kept that only a program shows that uses it. */
function tamper(further: (compiled: string) => string): void {
  const file = join(kept(), 'part.ts.js');
  writeFileSync(file, further(readFileSync(file, 'utf8').replace("'one'", "'tampered'")));
}

test('loads TypeScript, with the lines of the source in its errors', () => {
  expect(start()).toMatch(/^one main\.ts:4:/);
  expect(readdirSync(kept()).sort()).toEqual(['main.ts.js', 'part.ts.js']);
});

test('what was compiled is used again', () => {
  start();
  tamper((compiled) => compiled);
  expect(start()).toMatch(/^tampered /);
});

test('it is compiled again when the source changes', () => {
  start();
  source('two');
  expect(start()).toMatch(/^two /);
});

test('it is compiled again when the settings change', () => {
  start();
  tamper((compiled) => compiled);
  writeFileSync(at('package-lock.json'), '{ }');
  expect(start()).toMatch(/^one /);
});

test('it is compiled again when what was kept is cut short', () => {
  start();
  tamper((compiled) => compiled.slice(0, -1));
  expect(start()).toMatch(/^one /);
});

test('a folder that cannot be written only costs time', () => {
  writeFileSync(at('node_modules/.cache'), '');
  expect(start()).toMatch(/^one /);
});
