import { LabError, Unobservable, wordsOf } from '../../errors';
import type { FrameListener, Tap } from '../../lab/ground';
import { openCapture } from '../../native/cap';
import { NULL_LOOPBACK } from '../../packet/link-layer';
import { LoopbackControl } from './loopback-control';
import { findNpcap } from './npcap';
import { systemCalls } from './system-calls';

const DEVICE = '\\Device\\NPF_Loopback';
const RING_BYTES = 1 << 21;
/** Other programs talk over the loopback interface too; this is none of ours. */
const FILTER = 'ip6 and not tcp and not udp';
/** discard (RFC 863): nobody listens there, so Windows answers with an error of its own making. */
const CLOSED_PORT = 9;

let opened: Tap | undefined;

/** Npcap's capture of what the host sends to itself. It cannot be closed, so there is one. @throws LabError */
export function openLoopbackTap(): Tap {
  if (opened !== undefined) return opened;
  findNpcap();
  let listener: FrameListener = () => undefined;
  const control = new LoopbackControl();
  try {
    const onFrame: FrameListener = (bytes, length) => {
      control.see(bytes.subarray(0, length));
      listener(bytes, length);
    };
    const capture = openCapture(DEVICE, FILTER, RING_BYTES, onFrame, 'NULL');
    opened = {
      linkLayer: NULL_LOOPBACK,
      listen: (next) => {
        listener = next;
      },
      drain: () => undefined,
      send: (frame) => {
        capture.send(Buffer.concat([NULL_LOOPBACK_IPV6, frame]));
      },
      lost: () => {
        const doubt = control.doubt();
        if (doubt !== undefined) throw new Unobservable(doubt);
        return 0;
      },
    };
  } catch (error) {
    throw new LabError(`Cannot capture on the loopback adapter: ${wordsOf(error)}`, { cause: error });
  }
  provokeError();
  return opened;
}

/** The family that Npcap puts before an IPv6 packet. */
const NULL_LOOPBACK_IPV6 = Buffer.from([24, 0, 0, 0]);

function provokeError(): void {
  const socket = systemCalls.socket({ family: 'inet6', type: 'datagram', protocol: 17 });
  systemCalls.sendTo(socket, Buffer.alloc(8), { address: '::1', port: CLOSED_PORT }, []);
  systemCalls.close(socket);
}
