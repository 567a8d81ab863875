import { LabError, SyscallError, Unobservable } from '../../errors';
import type { Ground, GroundLink } from '../../lab/ground';
import { FENCE_PROTOCOL, fencePayload } from '../../lab/wire';
import { encodePacket } from '../../packet/packet';
import { FIRST, SECOND, type LinkPlan } from '../plans';
import { groundOf } from './ground';
import { addAddress, addRoute, configure, interfaceOf } from './interfaces';
import { systemCalls } from './system-calls';
import { loadWintun, openWintun, type WintunDevice } from './wintun';

/** The same in every run: otherwise Windows takes each adapter for a network that it has never seen. */
const GUIDS: Readonly<Record<string, string>> = {
  [FIRST.name]: '35420000-0000-4000-8000-000000000001',
  [SECOND.name]: '35430000-0000-4000-8000-000000000001',
  down: '35440000-0000-4000-8000-000000000001',
};

const PREFIX_LENGTH = 64;
/** Addresses for documentation (RFC 3849), which rules send to beyond the link. Nothing else is sent there. */
const BEYOND = { prefix: '2001:db8::', prefixLength: 32 } as const;

/**
 * The laboratory of Windows: the host's link is a Wintun adapter, and this process is what stands behind it. Adapters, addresses
 * and routes go when it is closed, or when the process ends.
 * @throws LabError where there is no Wintun, or no adapter can be had
 */
export function openTunGround(): Ground {
  const wintun = loadWintun();
  const devices: WintunDevice[] = [];
  const close = (): void => {
    for (const device of devices) device.close();
  };
  const open = (name: string): WintunDevice => {
    const device = openWintun(wintun, `rfc3542 ${name}`, GUIDS[name] ?? '');
    devices.push(device);
    return device;
  };
  try {
    const wire = open(FIRST.name);
    const link = makeLink(FIRST, wire);
    awaitArrival(link);
    addRoute({ luid: wire.luid, ...BEYOND, nextHop: FIRST.peer.linkLocal, metric: 0 });
    return {
      ...groundOf(link),
      name: 'tun',
      secondLink: () => makeLink(SECOND, open(SECOND.name)),
      unusableInterface: (kind) => {
        if (kind === 'without-ipv6')
          throw new Unobservable('Windows does not let a program make an interface without IPv6.');
        throw new Unobservable('A Wintun adapter is up as long as this process has it.');
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function makeLink(plan: LinkPlan, wire: WintunDevice): GroundLink {
  const { luid } = wire;
  configure(luid, plan.name, plan.mtu);
  const { linkLocal, address, secondAddress } = plan.host;
  for (const each of [linkLocal, address, secondAddress]) {
    addAddress({ luid, address: each, prefixLength: PREFIX_LENGTH, preferred: each !== secondAddress });
  }
  return {
    host: { ...plan.host, interface: interfaceOf(luid, plan.name) },
    peer: { ...plan.peer, neighbor: { ...plan.neighbor, hardwareAddress: undefined } },
    wire,
  };
}

const ARRIVAL_TIMEOUT = 10_000;
const PAUSE = 100;
const FIREWALL_HELP =
  'Windows Firewall may stand in between. In a PowerShell of an administrator: New-NetFirewallRule -Name rfc3542 -DisplayName rfc3542 -Direction Inbound -Action Allow -RemoteAddress fd00:3542::/31,fe80::/10,2001:db8::/32';

/** Returns when a raw socket of the host gets what the peer sends, which is some time after the adapter was made. @throws LabError */
function awaitArrival({ host, peer, wire }: GroundLink): void {
  const probe = encodePacket({
    source: peer.address,
    destination: host.address,
    protocol: FENCE_PROTOCOL,
    payload: fencePayload(0),
  });
  const socket = systemCalls.socket({ family: 'inet6', type: 'raw', protocol: FENCE_PROTOCOL });
  try {
    const deadline = Date.now() + ARRIVAL_TIMEOUT;
    for (let bound = false; Date.now() < deadline;) {
      bound ||= tryBind(socket, host.address);
      wire.send(probe);
      if (systemCalls.poll(socket, PAUSE).readable) return;
    }
  } finally {
    systemCalls.close(socket);
  }
  throw new LabError(
    `Cannot receive over the Wintun adapter: no packet of the peer reached a raw socket in ${String(ARRIVAL_TIMEOUT)} ms. ${FIREWALL_HELP}`,
  );
}

/** Whether the address can be used already. */
function tryBind(socket: number, address: string): boolean {
  try {
    systemCalls.bind(socket, { address });
    return true;
  } catch (error) {
    if (error instanceof SyscallError && error.code === 'EADDRNOTAVAIL') return false;
    throw error;
  }
}
