import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import type { ProofRecord } from '../../reports/proof';
import schema from '../../reports/proof.schema.json';
import { defects } from '../defects';
import { placedRules } from '../rules/rule';
import { contents } from '../../suites';

const COMMAND = join(__dirname, '../rfc3542.mjs');
/** Minutes on a machine that has something else to do; one on two processors of its own. */
const LIMIT = 900_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rfc3542-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const { status: withoutLaboratory } = spawnSync(process.execPath, [COMMAND, 'doctor']);
const withLaboratory = withoutLaboratory === 0 ? test : test.skip;

withLaboratory(
  'every rule has been seen to fail, and every defect does what it claims and nothing else',
  () => {
    const args = [COMMAND, 'prove', '--output', folder];
    const { stdout, stderr, signal } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ stderr, signal }).toEqual({ stderr: '', signal: null });
    expect(stdout.split('\n').filter((line) => line.startsWith('error'))).toEqual([]);
    expect(stdout).toContain('PROVED');

    const proof = JSON.parse(readFileSync(join(folder, 'proof.json'), 'utf8')) as ProofRecord;
    const validate = new Ajv2020({ strict: true }).compile(schema);
    expect(validate(proof) ? [] : validate.errors).toEqual([]);
    const rules = placedRules(contents).filter(({ onlyWith }) => onlyWith === undefined);
    expect(Object.keys(proof.rules).sort()).toEqual(rules.map(({ id }) => id).sort());
    expect(proof.defects.map(({ id }) => id)).toEqual(defects.map(({ id }) => id));
    expect(proof.changes).toBeGreaterThanOrEqual(64);
  },
  LIMIT,
);

test('no two defects have one name', () => {
  const ids = defects.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});
