import { LabError, SyscallError, wordsOf } from '../../errors';
import type { SocketKind } from '../../socket/system-calls';
import { loadPackage } from '../../native/packages';
import type { Diagnosis } from '../current';
import { machine } from './machine';
import { findNpcap } from './npcap';
import { systemCalls } from './system-calls';
import { openTunGround } from './tun';
import { wineVersion } from './wine';

const AS_ADMINISTRATOR =
  'Open the terminal with "Run as administrator", or from PowerShell: Start-Process powershell -Verb RunAs';
const BUILD_TOOLS =
  'Install the Visual Studio Build Tools with "Desktop development with C++" and Python (winget install Microsoft.VisualStudio.2022.BuildTools Python.Python.3.12), then: npm rebuild';
const NPCAP = 'Install Npcap from https://npcap.com and leave "loopback traffic" switched on.';
const IPV6_ON =
  'reg delete HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip6\\Parameters /v DisabledComponents /f, then start Windows again.';

/** What this machine can do, each found by trying, and what helps where it cannot. */
export function diagnose(): readonly Diagnosis[] {
  const facts = machine();
  return [
    { what: 'system', ok: true, found: `${facts.build}, ${facts.kernel}, ${facts.architecture}` },
    { what: 'Node', ok: true, found: facts.node },
    facts.privileges === 'administrator'
      ? { what: 'administrator', ok: true, found: 'yes' }
      : wrong('administrator', 'no', AS_ADMINISTRATOR),
    ipv6(),
    rawSockets(),
    facts.libpcap === 'absent'
      ? wrong('Npcap', 'not found (wpcap.dll)', NPCAP)
      : { what: 'Npcap', ok: true, found: facts.libpcap },
    nativePackage('cap'),
    nativePackage('raw-socket'),
    laboratory(),
  ];
}

function ipv6(): Diagnosis {
  const error = failureOf({ family: 'inet6', type: 'datagram', protocol: 17 }, '::1');
  return error === undefined
    ? { what: 'IPv6', ok: true, found: 'yes' }
    : wrong('IPv6', `no: ${error.message}`, IPV6_ON);
}

function rawSockets(): Diagnosis {
  const what = 'raw ICMPv6 sockets';
  const error = failureOf({ family: 'inet6', type: 'raw', protocol: 58 });
  return error === undefined
    ? { what, ok: true, found: 'yes' }
    : wrong(what, `no: ${error.message}`, rawSocketHelp(error));
}

/** What helps who may not open a raw ICMPv6 socket. */
export function rawSocketHelp(error: SyscallError): string {
  switch (error.code) {
    case 'EACCES':
      return AS_ADMINISTRATOR;
    case 'EAFNOSUPPORT':
      return IPV6_ON;
    default:
      return wineVersion() === undefined
        ? 'A security program or a layered service provider may stand in between: netsh winsock show catalog'
        : 'Wine has none for this protocol. Run it on a Windows of its own.';
  }
}

/** Why a socket of this kind cannot be had, or bound; undefined where it can. */
function failureOf(kind: SocketKind, address?: string): SyscallError | undefined {
  try {
    const socket = systemCalls.socket(kind);
    try {
      if (address !== undefined) systemCalls.bind(socket, { address });
    } finally {
      systemCalls.close(socket);
    }
    return undefined;
  } catch (error) {
    if (error instanceof SyscallError) return error;
    throw error;
  }
}

/** The adapter is made and goes again: what it takes, and what stands in the way, is found by trying. */
function laboratory(): Diagnosis {
  const what = 'laboratory';
  try {
    openTunGround().close();
    return { what, ok: true, found: 'tun' };
  } catch (error) {
    if (!(error instanceof LabError || error instanceof SyscallError)) throw error;
    return wrong(what, `no tun: ${error.message}`, 'With Npcap and the package cap: --lab loopback');
  }
}

function nativePackage(name: string): Diagnosis {
  findNpcap();
  try {
    loadPackage(name);
    return { what: `package ${name}`, ok: true, found: 'loads' };
  } catch (error) {
    return wrong(`package ${name}`, wordsOf(error), BUILD_TOOLS);
  }
}

function wrong(what: string, found: string, help: string): Diagnosis {
  return { what, ok: false, found, help };
}
