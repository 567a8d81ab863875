import {
  encodeIcmpv6,
  expect,
  message,
  SEND_PATHS,
  type Laboratory,
  type Need,
  type Rule,
  type SendPath,
} from '../../harness';

/** A type for private experiments (RFC 4443 §2.1): the kernel does nothing of its own with it. */
const PROBE = 200;

/** What a way to send needs beside the socket: RFC 3542 promises none of it. */
const NEEDED: Partial<Readonly<Record<SendPath, Need>>> = {
  'raw-socket': 'raw-socket-package',
  sendmmsg: 'sendmmsg',
  write: 'socket-write',
  corked: 'message-more',
};

const needsOf = (path: SendPath): readonly Need[] => {
  const needed = NEEDED[path];
  return ['raw-icmpv6', 'wire', ...(needed === undefined ? [] : [needed])];
};

/** What crosses the wire when a program hands `bytes` to the kernel in this way. */
async function crossing({ host, peer, wire }: Laboratory, path: SendPath, bytes: Buffer) {
  const sender = host.sender(path, peer.address);
  return wire.captureOne(() => sender.send(bytes));
}

/** The same claims for every way to send. */
const everyPath: readonly Rule[] = SEND_PATHS.flatMap((path): Rule[] => [
  {
    id: `${path}-fills-a-zero-field`,
    says: `The kernel computes and stores the checksum of a message that a program sent with ${path}, leaving the field zero.`,
    covers: ['3.1-01', 'rfc4443-2.3-01', 'rfc8200-8.1-01'],
    needs: needsOf(path),
    async check(lab) {
      const packet = await crossing(lab, path, message({ type: PROBE, body: lab.random.bytes(60) }));
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: `${path}-keeps-a-right-sum-right`,
    says: `A message that a program sent with ${path} with the right checksum in it crosses with the right checksum.`,
    covers: ['3.1-01', '3.1-02'],
    needs: needsOf(path),
    async check(lab) {
      const { host, peer, random } = lab;
      const summed = encodeIcmpv6({ type: PROBE, body: random.bytes(60) }, host.address, peer.address);
      expect(await crossing(lab, path, summed)).toCarryItsChecksum();
    },
  },
  {
    id: `${path}-replaces-a-wrong-sum`,
    says: `The kernel neither trusts nor adds in a wrong checksum that a program sent with ${path}.`,
    covers: ['3.1-02'],
    needs: needsOf(path),
    async check(lab) {
      const wrong = message({ type: PROBE, checksum: 0xdead, body: lab.random.bytes(60) });
      expect(await crossing(lab, path, wrong)).toCarryItsChecksum();
    },
  },
  {
    id: `${path}-replaces-ffff`,
    says: `The kernel replaces a checksum of 0xffff, the other zero of one's complement, sent with ${path}.`,
    covers: ['3.1-02'],
    needs: needsOf(path),
    async check(lab) {
      const ones = message({ type: PROBE, checksum: 0xffff, body: lab.random.bytes(60) });
      expect(await crossing(lab, path, ones)).toCarryItsChecksum();
    },
  },
  {
    id: `${path}-pads-an-odd-length`,
    says: `A message of odd length sent with ${path} is summed as if a zero byte followed, and none is transmitted.`,
    covers: ['3.1-04'],
    needs: needsOf(path),
    async check(lab) {
      for (const length of [5, 9, 65, 1231]) {
        const body = lab.random.bytes(length - 4);
        const packet = await crossing(lab, path, message({ type: PROBE, body }));
        expect(packet).toCarryItsChecksum();
        expect(packet).toBePacket({ body });
      }
    },
  },
  {
    id: `${path}-leaves-the-buffer-alone`,
    says: `Whether the kernel writes the checksum into the caller's own buffer when a program sends with ${path}.`,
    covers: ['3.1-22'],
    needs: needsOf(path),
    async check(lab) {
      const bytes = message({ type: PROBE, checksum: 0x1234, body: lab.random.bytes(60) });
      const before = Buffer.from(bytes);
      await crossing(lab, path, bytes);
      return bytes.equals(before) ? 'the buffer is unchanged' : 'the buffer is changed';
    },
  },
]);

/** Pieces of a corked message: the second begins at an odd offset. Constant, so that a wrong checksum is the same each time. */
const ODD_PIECES = [Buffer.from('c800000001', 'hex'), Buffer.from('02030405060708', 'hex')] as const;

export const sendPaths: readonly Rule[] = [
  ...everyPath,
  {
    id: 'corked-at-an-odd-offset',
    says: 'The checksum of a message that a program hands over in pieces is right when a piece begins at an odd offset.',
    covers: ['3.1-01', '3.1-04'],
    needs: ['raw-icmpv6', 'link', 'message-more'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const packet = await wire.captureOne(() => {
        socket.sendTo(ODD_PIECES[0], peer.address, ['more']);
        socket.sendTo(ODD_PIECES[1], peer.address);
      });
      expect(packet).toBePacket({ body: Buffer.concat(ODD_PIECES).subarray(4) });
      expect(packet).toCarryItsChecksum();
    },
  },
];
