import type { Defect } from './defect';

const output = (rule: string): { readonly nft: string } => ({
  nft: `add table ip6 defect
add chain ip6 defect out { type filter hook output priority 0; }
add rule ip6 defect out ${rule}`,
});

/** What a host can do wrong with the checksum of what it sends. */
export const checksumDefects: readonly Defect[] = [
  {
    id: 'checksum-zeroed',
    says: 'Every ICMPv6 message leaves with a checksum of zero.',
    shipped: 'Windows Server 2003 (KB947369), and again after MS08-037 (KB974927)',
    kills: ['3.1.*-fills-a-zero-field'],
    seed: output('meta l4proto ipv6-icmp icmpv6 checksum set 0'),
  },
];
