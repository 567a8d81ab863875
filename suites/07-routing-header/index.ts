import type { Section } from '../../harness';
import routing from './7-routing-header';
import space from './7.1-inet6-rth-space';
import init from './7.2-inet6-rth-init';
import add from './7.3-inet6-rth-add';
import reverse from './7.4-inet6-rth-reverse';
import segments from './7.5-inet6-rth-segments';
import getAddress from './7.6-inet6-rth-getaddr';

export const routingHeader: readonly Section[] = [routing, space, init, add, reverse, segments, getAddress];
