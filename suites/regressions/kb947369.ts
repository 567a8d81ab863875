import { expect, message, section } from '../../harness';

const PROBE = 200;

export default section(
  'kb947369',
  'Windows Server 2003 does not set the checksum',
  [
    {
      id: 'a-zero-checksum-is-filled-in',
      says: 'A message that a program sends on a raw ICMPv6 socket with a checksum of zero leaves with its checksum.',
      covers: ['3.1-01', 'kb947369'],
      needs: ['raw-icmpv6', 'wire'],
      async check({ host, peer, wire, random }) {
        const socket = host.rawIcmpv6();
        const bytes = message({ type: PROBE, body: random.bytes(32) });
        expect(await wire.captureOne(() => socket.sendTo(bytes, peer.address))).toCarryItsChecksum();
      },
    },
  ],
  {
    reference: 'KB947369 (golang/go#6320)',
    systems: 'Windows Server 2003, Windows XP',
    link: 'https://mskb.pkisolutions.com/kb/947369',
    symptom: { rules: ['3.1', 'kb947369', 'kb974927'], observed: /^checksum 0x0000$/ },
  },
);
