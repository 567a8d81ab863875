import type { Report } from './report';

export interface Trait {
  readonly name: string;
  readonly value: string;
}

/**
 * What was tested, with what and how, as names and values in the order in which they are shown. Everything in which two runs
 * can differ that could explain a difference of verdicts is here, and nothing else: no times.
 */
export function fingerprintOf({ machine, suite, run }: Report): readonly Trait[] {
  const list = (values: readonly string[]): string => (values.length === 0 ? 'none' : values.join(', '));
  return [
    { name: 'build', value: machine.build },
    { name: 'kernel', value: machine.kernel },
    { name: 'system', value: machine.system },
    { name: 'architecture', value: machine.architecture },
    { name: 'libc', value: machine.libc },
    { name: 'privileges', value: machine.privileges },
    { name: 'laboratory', value: machine.lab },
    { name: 'offloads', value: list(machine.offloads) },
    { name: 'Node', value: machine.node },
    { name: 'libpcap', value: machine.libpcap },
    { name: 'suite', value: suite.version },
    { name: 'catalogue', value: suite.catalogue },
    { name: 'rules', value: run.selectors.length === 0 ? 'all' : run.selectors.join(' ') },
    { name: 'seed', value: String(run.seed) },
    { name: 'strict', value: run.strict ? 'yes' : 'no' },
    { name: 'seeded defects', value: list(run.defects) },
  ];
}
