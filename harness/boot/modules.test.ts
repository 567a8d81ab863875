import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBy } from '../../reports/formats/golden/consumer';
import { moduleInfo, modulesFor } from './modules';

// The .modinfo sections of Debian's linux-image-6.1.0-50-cloud-amd64 6.1.176-1, as objcopy takes them out.
const RELEASE = '6.1.0-50-cloud-amd64';
const SECTIONS = {
  'net/netfilter/nf_tables':
    'alias=nfnetlink-subsys-10\x00author=Patrick McHardy <kaber@trash.net>\x00license=GPL\x00depends=nfnetlink,libcrc32c\x00retpoline=Y\x00intree=Y\x00name=nf_tables\x00vermagic=6.1.0-50-cloud-amd64 SMP preempt mod_unload modversions \x00',
  'drivers/net/veth':
    'alias=rtnl-link-veth\x00license=GPL v2\x00description=Virtual Ethernet Tunnel\x00depends=\x00retpoline=Y\x00intree=Y\x00name=veth\x00vermagic=6.1.0-50-cloud-amd64 SMP preempt mod_unload modversions \x00',
  'lib/libcrc32c':
    'softdep=pre: crc32c\x00license=GPL\x00description=CRC32c (Castagnoli) calculations\x00author=Clay Haapala <chaapala@cisco.com>\x00depends=\x00retpoline=Y\x00intree=Y\x00name=libcrc32c\x00vermagic=6.1.0-50-cloud-amd64 SMP preempt mod_unload modversions \x00',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'modules-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(pack: (data: Buffer) => Buffer = (data) => data, suffix = ''): void {
  for (const [name, section] of Object.entries(SECTIONS)) {
    const path = join(folder, 'kernel', `${name}.ko${suffix}`);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, pack(Buffer.from(`\x7fELF\x00${section}`, 'latin1')));
  }
}

test('a module says what it depends on', () => {
  const data = Buffer.from(SECTIONS['net/netfilter/nf_tables'], 'latin1');
  expect(moduleInfo(data, 'depends')).toBe('nfnetlink,libcrc32c');
  expect(moduleInfo(data, 'vermagic')).toBe(`${RELEASE} SMP preempt mod_unload modversions `);
  expect(moduleInfo(data, 'softdep')).toBeUndefined();
});

test('what a module depends on comes before it, and what is missing is built in', () => {
  write();
  expect(modulesFor(folder, RELEASE).map(({ name }) => name)).toEqual(['veth', 'libcrc32c', 'nf_tables']);
});

for (const { suffix, program, debian } of [
  { suffix: '.xz', program: 'xz', debian: 'xz-utils' },
  { suffix: '.gz', program: 'gzip', debian: 'gzip' },
]) {
  readBy(program, debian, 'packs modules that are unpacked', () => {
    write((input) => spawnSync(program, ['-c'], { input }).stdout, suffix);
    const [veth] = modulesFor(folder, RELEASE);
    expect(veth?.data.toString('latin1')).toBe(`\x7fELF\x00${SECTIONS['drivers/net/veth']}`);
  });
}

test('modules of another kernel are refused', () => {
  write();
  expect(() => modulesFor(folder, '6.12.0-1-amd64')).toThrow(
    `Cannot use the modules in ${folder}: they are of ${RELEASE}, and the kernel is 6.12.0-1-amd64.`,
  );
});

test('a folder without modules is refused', () => {
  expect(() => modulesFor(folder, RELEASE)).toThrow(`Cannot use the modules in ${folder}: there are none.`);
  expect(() => modulesFor(join(folder, 'none'), RELEASE)).toThrow(/^Cannot read the modules in .*ENOENT/);
});
