import { encodePacket, expect, Icmp6Filter, type Rule } from '../../harness';

/** A next header that no host knows. */
const UNKNOWN = 200;
/** More than any burst that a limit allows. */
const MANY = 1000;

/** RFC 4443 §2.4 (f): the rate of errors is limited. */
export const rateLimit: Rule = {
  id: 'errors-are-limited',
  says: 'A faulty packet is answered by an error, and of a thousand in a row not each is.',
  covers: ['rfc4443-2.4f-01'],
  needs: ['raw-icmpv6', 'link', 'peer'],
  async check({ host, peer, wire }) {
    const [source, destination] = [peer.address, host.address];
    const faulty = encodePacket({ source, destination, protocol: UNKNOWN, payload: Buffer.alloc(8) });
    const clock = host.rawIcmpv6();
    clock.setFilter(Icmp6Filter.blockAll());
    const answersTo = async (packets: number): Promise<number> =>
      (
        await wire.capture(() => {
          for (let sent = 0; sent < packets; sent += 1) peer.inject(faulty);
          clock.settled();
        })
      ).length;
    expect(await answersTo(1)).toBe(1);
    const answers = await host.settings.limitingErrors(() => answersTo(MANY));
    expect(answers < MANY ? 'some are answered' : 'each is answered').toBe('some are answered');
  },
};
