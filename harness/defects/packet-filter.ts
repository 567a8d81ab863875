import type { Seed } from './defect';

/** Rules of nftables (nft(8)) for what the host hands to the link, or to itself. */
export function sent(...rules: readonly string[]): Seed {
  return { nft: chain('output', rules) };
}

/** Rules for what the host is about to deliver: its checksum is not verified yet. */
export function received(...rules: readonly string[]): Seed {
  return { nft: chain('input', rules) };
}

/** Rules for what arrives, before anything of it is counted. */
export function arriving(...rules: readonly string[]): Seed {
  return { nft: chain('prerouting', rules) };
}

function chain(hook: string, rules: readonly string[]): string {
  return [
    'add table ip6 defect',
    `add chain ip6 defect ${hook} { type filter hook ${hook} priority 0; }`,
    ...rules.map((rule) => `add rule ip6 defect ${hook} ${rule}`),
  ].join('\n');
}
