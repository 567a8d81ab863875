import { encodeCpio } from './cpio';

// GNU cpio 2.13: printf 'etc\\netc/motd\\nlink\\ninit\\n' | cpio -o -H newc --reproducible -R 0:0, without the padding of its blocks.
const GNU = [
  '07070100000000000041ED0000000000000000000000020000000000000000000000000000000000000000000000000000000400000000etc\x00\x00\x00',
  '07070100000001000081A40000000000000000000000010000000000000006000000000000000000000000000000000000000900000000etc/motd\x00\x00hello\n\x00\x00',
  '070701000000020000A1FF0000000000000000000000010000000000000008000000000000000000000000000000000000000500000000link\x00\x00etc/motd',
  '07070100000003000081ED000000000000000000000001000000000000000A000000000000000000000000000000000000000500000000init\x00\x00#!/bin/sh\n\x00\x00',
  '07070100000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000B00000000TRAILER!!!\x00\x00\x00\x00',
].join('');

test('an archive is what GNU cpio makes of the same files', () => {
  const archive = encodeCpio([
    { name: 'etc/motd', kind: 'file', data: Buffer.from('hello\n') },
    { name: 'link', kind: 'link', target: 'etc/motd' },
    { name: 'init', kind: 'file', data: Buffer.from('#!/bin/sh\n'), executable: true },
  ]);
  expect(Buffer.concat([...archive]).toString('latin1')).toBe(GNU);
});

test('a device has its numbers', () => {
  const [head] = encodeCpio([{ name: 'console', kind: 'character device', major: 5, minor: 1 }]);
  // The first line that `mknod console c 5 1` and GNU cpio give: mode, links, and the numbers at the end.
  expect(head?.toString('latin1', 14, 22)).toBe('00002180');
  expect(head?.toString('latin1', 78, 94)).toBe('0000000500000001');
});
