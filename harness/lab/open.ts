import type { Evidence } from './evidence';
import type { Ground, Software } from './ground';
import { HostUnderTest } from './host';
import type { Laboratory, Link } from './laboratory';
import { Instrument } from './peer';
import { Random } from './random';
import { RecordedWire } from './wire';

/** A laboratory that stands: rules are let in one at a time. */
export interface OpenLaboratory {
  /** Gives the laboratory to `use`, and closes every socket when that ends. `figures` is where a rule counts. */
  visit<T>(
    rule: string,
    figures: Record<string, number>,
    use: (laboratory: Laboratory) => Promise<T>,
  ): Promise<T>;
  /** What programs meet on the host from now on: the ground's own software, or some with a seeded defect. */
  meet(software: Software): void;
  close(): void;
}

export interface LaboratoryOptions {
  readonly seed: number;
  readonly evidence: Evidence;
}

/** @throws LabError when the link does not carry packets */
export async function openLaboratory(
  ground: Ground,
  { seed, evidence }: LaboratoryOptions,
): Promise<OpenLaboratory> {
  const link = evidence.link(ground.host.interface.name, ground.wire.linkLayer.linkType);
  const peer = new Instrument(ground, link);
  const host = new HostUnderTest(ground, peer);
  const wire = new RecordedWire(
    ground.host.interface.name,
    ground.host.interface.mtu,
    ground.wire,
    (number) => {
      host.sendFence(number, peer.address);
    },
    (destination) => ground.bulk(destination),
    link,
  );
  const wires = [wire];
  // Where the host talks to itself anyway, its loopback interface is the wire, and a tap has one listener.
  let loopback = ground.host.interface.name === ground.host.loopbackInterface.name ? wire : undefined;
  const openLoopback = (): RecordedWire => {
    if (loopback !== undefined) return loopback;
    const { name, mtu } = ground.host.loopbackInterface;
    const tap = ground.loopback();
    loopback = new RecordedWire(
      name,
      mtu,
      tap,
      (number) => {
        host.sendFence(number, '::1');
      },
      (destination) => ground.bulk(destination),
      evidence.link(name, tap.linkLayer.linkType),
    );
    wires.push(loopback);
    return loopback;
  };

  let second: Promise<Link> | undefined;
  const openSecond = async (): Promise<Link> => {
    const made = ground.secondLink();
    const evidenceLink = evidence.link(made.host.interface.name, made.wire.linkLayer.linkType);
    const secondPeer = new Instrument(made, evidenceLink);
    const secondWire = new RecordedWire(
      made.host.interface.name,
      made.host.interface.mtu,
      made.wire,
      (number) => {
        host.sendFence(number, secondPeer.address);
      },
      (destination) => ground.bulk(destination),
      evidenceLink,
    );
    await secondWire.awaitReady();
    wires.push(secondWire);
    host.addLink(made.host.address, secondPeer);
    const { interface: itsInterface, address, linkLocal } = made.host;
    return { interface: itsInterface, address, linkLocal, peer: secondPeer, wire: secondWire };
  };
  let software: Software = { system: ground.system, headers: ground.headers([]), library: ground.library };

  await wire.awaitReady();
  host.settle();

  return {
    visit: async (rule, figures, use) => {
      const release = ground.hold();
      try {
        return await use({
          host,
          peer,
          wire,
          get loopback() {
            return openLoopback();
          },
          secondLink: () => (second ??= openSecond()),
          headers: software.headers,
          library: software.library,
          random: new Random(seed, rule),
          figures,
        });
      } finally {
        host.closeSockets();
        // What the rule sent is its own evidence, and waits in no queue for the next one.
        await Promise.all(wires.map((each) => each.turn()));
        release();
      }
    },
    meet: (met) => {
      software = met;
      host.system = met.system;
    },
    close: () => {
      host.close();
      ground.close();
    },
  };
}
