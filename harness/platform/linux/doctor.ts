import { closeSync, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { wordsOf } from '../../errors';
import { loadPackage } from '../../native/packages';
import type { Diagnosis } from '../current';
import { machine } from './machine';
import { openLinkGround } from './link';
import { openTunGround } from './tun';
import { openCloneDevice } from './tun-device';
import { inUserNamespace, mayOpenRawSockets, NAMESPACES_HELP, userNamespaceObstacle } from './user-namespace';

/** What this machine can do, each found by trying, and what helps where it cannot. */
export function diagnose(): readonly Diagnosis[] {
  const facts = machine();
  return [
    {
      what: 'system',
      ok: true,
      found: `${facts.build}, Linux ${facts.kernel}, ${facts.architecture}, ${facts.libc}`,
    },
    { what: 'Node', ok: true, found: facts.node },
    privileges(),
    ipv6(),
    program('ip', 'iproute2'),
    program('unshare', 'util-linux'),
    program('nft', 'nftables'),
    facts.libpcap === 'absent'
      ? wrong(
          'libpcap',
          'not found',
          'Install libpcap and its development link (Debian: apt-get install libpcap-dev).',
        )
      : { what: 'libpcap', ok: true, found: facts.libpcap },
    nativePackage('cap'),
    nativePackage('raw-socket'),
    laboratory(),
  ];
}

function privileges(): Diagnosis {
  if (mayOpenRawSockets()) {
    return {
      what: 'raw ICMPv6 sockets',
      ok: true,
      found: inUserNamespace() ? 'yes, in a user namespace' : 'yes',
    };
  }
  const obstacle = userNamespaceObstacle();
  return obstacle === undefined
    ? { what: 'raw ICMPv6 sockets', ok: true, found: 'yes, in a user namespace that the run makes' }
    : wrong(
        'raw ICMPv6 sockets',
        `no: this user may not open them, nor have a user namespace (${obstacle})`,
        NAMESPACES_HELP,
      );
}

function ipv6(): Diagnosis {
  return existsSync('/proc/net/if_inet6')
    ? { what: 'IPv6', ok: true, found: 'yes' }
    : wrong('IPv6', 'no: this kernel runs without it', 'Boot without ipv6.disable=1.');
}

function program(name: string, inPackage: string): Diagnosis {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const path = folders.map((folder) => join(folder, name)).find((candidate) => existsSync(candidate));
  return path === undefined
    ? wrong(name, 'not found', `Install ${inPackage} (Debian: apt-get install ${inPackage}).`)
    : { what: name, ok: true, found: path };
}

function nativePackage(name: string): Diagnosis {
  try {
    loadPackage(name);
    return { what: `package ${name}`, ok: true, found: 'loads' };
  } catch (error) {
    return wrong(`package ${name}`, (error as Error).message, `npm rebuild ${name}`);
  }
}

function laboratory(): Diagnosis {
  const what = 'laboratory';
  if (!mayOpenRawSockets()) {
    if (userNamespaceObstacle() !== undefined) return wrong(what, 'none', 'See raw ICMPv6 sockets.');
    const tun = obstacleOf(() => {
      closeSync(openCloneDevice());
    });
    const found =
      tun === undefined ? 'link or tun, in a user namespace' : `link, in a user namespace. No tun: ${tun}`;
    return { what, ok: true, found };
  }
  const link = obstacleOf(() => {
    openLinkGround().close();
  });
  const tun = obstacleOf(() => {
    openTunGround().close();
  });
  if (link === undefined)
    return { what, ok: true, found: tun === undefined ? 'link or tun' : `link. No tun: ${tun}` };
  return tun === undefined
    ? wrong(what, `tun. No link: ${link}`, 'Run it with --lab tun.')
    : wrong(what, `${link} ${tun}`, 'Try --lab loopback.');
}

/** Why an action fails, or undefined. */
function obstacleOf(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return wordsOf(error);
  }
}

function wrong(what: string, found: string, help: string): Diagnosis {
  return { what, ok: false, found, help };
}
