import type { LinkPlan } from '../plans';

/** Commands of ip(8) that give the device of a plan, which exists, the host's addresses. It comes up with them. */
export function addressing({ name, host }: LinkPlan): readonly string[] {
  return [
    `link set ${name} up`,
    `addr add ${host.linkLocal}/64 dev ${name} nodad`,
    `addr add ${host.address}/64 dev ${name} nodad`,
    // Deprecated: the kernel uses it when a program asks for it, and never by itself.
    `addr add ${host.secondAddress}/64 dev ${name} nodad preferred_lft 0`,
  ];
}
