import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOnWindows } from '../only-on';
import { loadWintun, openWintun } from './wintun';

/** Where the test's own libraries are: `npm run test:wine` compiles them. */
const FIXTURES = process.env['RFC3542_FIXTURES'] ?? '';
const GUID = '35420000-0000-4000-8000-000000000001';
const built = existsSync(join(FIXTURES, 'wintun.dll'));
const withFixtures = built ? test : test.skip;

describeOnWindows('wintun.dll', () => {
  withFixtures('packets go out and come in whole, in their order', () => {
    const device = openWintun(loadWintun(join(FIXTURES, 'wintun.dll')), 'rfc3542', GUID);
    const frames: Buffer[] = [];
    device.listen((bytes, length) => frames.push(Buffer.from(bytes.subarray(0, length))));
    const sent = [Buffer.alloc(40, 0x61), Buffer.alloc(1500, 0x62), Buffer.alloc(65_535, 0x63)];
    for (const frame of sent) device.send(frame);
    device.drain();
    expect(frames).toEqual(sent);
    expect(device.luid).toBe(0x18_0000_0100_0000n);
    expect(device.lost()).toBe(0);
    device.close();
  });

  withFixtures('a full ring is a fault of the laboratory', () => {
    const device = openWintun(loadWintun(join(FIXTURES, 'wintun.dll')), 'rfc3542', GUID);
    expect(() => {
      for (let count = 0; count <= 16; count += 1) device.send(Buffer.alloc(40));
    }).toThrow(
      'Cannot write to the Wintun adapter rfc3542: the driver did not answer as it should (error 111).',
    );
    device.drain();
    device.close();
  });

  withFixtures('an adapter that is refused says why, and what helps', () => {
    const wintun = loadWintun(join(FIXTURES, 'wintun.dll'));
    expect(() => openWintun(wintun, 'refused', GUID)).toThrow(
      'Cannot make the Wintun adapter refused: access is denied. Run as administrator (error 5).',
    );
  });

  withFixtures('one for another processor, and one that is too old, are told apart', () => {
    expect(() => loadWintun(join(FIXTURES, 'i686', 'wintun.dll'))).toThrow(
      /Cannot load .*wintun\.dll: it is for another processor \(error 193\)\. Download Wintun/,
    );
    expect(() => loadWintun(join(FIXTURES, 'old-wintun.dll'))).toThrow(
      /Cannot use .*: it is too old, it has no WintunCloseAdapter, .*WintunSendPacket\. Download Wintun/,
    );
  });

  withFixtures('a path may be long, and have letters and spaces of any kind', () => {
    const folder = mkdtempSync(join(tmpdir(), 'Ωμέγα mit Leerzeichen '));
    const deep = join(folder, ...Array<string>(5).fill('sehr-langer-name-'.repeat(3)));
    mkdirSync(deep, { recursive: true });
    const path = join(deep, 'wintun.dll');
    copyFileSync(join(FIXTURES, 'wintun.dll'), path);
    expect(path.length).toBeGreaterThan(260);
    expect(Object.keys(loadWintun(path))).toContain('WintunSendPacket');
    // Windows keeps the file open as long as the library is loaded.
    try {
      rmSync(folder, { recursive: true });
    } catch {
      // Then the folder of temporary files keeps it.
    }
  });

  test('one that is not there says where to have it', () => {
    expect(() => loadWintun('no-such-wintun.dll')).toThrow(
      /Cannot load no-such-wintun\.dll: there is none \(error 126\)\. Download Wintun .*wintun\.net/,
    );
  });
});
