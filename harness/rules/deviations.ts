// The whole package takes as long to load as the rest of this room.
import coerce from 'semver/functions/coerce';
import satisfies from 'semver/functions/satisfies';
import intersects from 'semver/ranges/intersects';
import validRange from 'semver/ranges/valid';

/** What a system is known to do instead of what a rule demands. It excuses a failure with exactly this observation. */
export interface Deviation {
  /** The rule's whole id. */
  readonly rule: string;
  readonly platform: string;
  /** The kernels that have it, as a range of versions: `>=6.12`, `<6.2 || >=6.12`, `*`. */
  readonly builds: string;
  /** The C library that has it, by name and range of versions (`glibc >=2.36`), where it is none of the kernel's. */
  readonly libc?: string;
  readonly observed: string;
  readonly reason: string;
  readonly link: string;
}

/** What a deviation is compared with. */
export interface Build {
  readonly platform: string;
  /** The kernel's version as the system says it. */
  readonly kernel: string;
  /** The C library's name and version, such as `glibc 2.36`. */
  readonly libc: string;
}

/** The builds that have a deviation, in words. */
export function buildsOf({ builds, libc }: Pick<Deviation, 'builds' | 'libc'>): string {
  return libc === undefined ? builds : builds === '*' ? libc : `${builds} with ${libc}`;
}

/** The deviation that is listed for a rule on a build. */
export function deviationFor(
  deviations: readonly Deviation[],
  rule: string,
  build: Build,
): Deviation | undefined {
  return deviations.find((deviation) => deviation.rule === rule && applies(deviation, build));
}

function applies({ platform, builds, libc }: Deviation, build: Build): boolean {
  return (
    platform === build.platform &&
    inRange(build.kernel, builds) &&
    (libc === undefined ||
      (nameOf(libc) === nameOf(build.libc) && inRange(rangeOf(build.libc), rangeOf(libc))))
  );
}

function inRange(version: string, range: string): boolean {
  const plain = coerce(version);
  return range === '*' || (plain !== null && satisfies(plain, range));
}

const nameOf = (libc: string): string => libc.split(' ')[0] ?? '';
const rangeOf = (libc: string): string => libc.slice(nameOf(libc).length + 1);

/**
 * What is wrong with a list of deviations, in one sentence each: unknown rules, ranges that are none, and two entries that
 * could both apply to one build with different observations.
 */
export function faultsOf(deviations: readonly Deviation[], rules: ReadonlySet<string>): string[] {
  return deviations.flatMap((deviation, index) => {
    const faults: string[] = [];
    if (!rules.has(deviation.rule)) faults.push(`There is no rule ${deviation.rule}`);
    for (const range of rangesOf(deviation).filter((each) => validRange(each) === null || each === '')) {
      faults.push(
        `${JSON.stringify(range)} for ${deviation.rule} is not a range of versions such as ">=6.12"`,
      );
    }
    const rival = deviations
      .slice(0, index)
      .find(
        (other) =>
          other.rule === deviation.rule && other.platform === deviation.platform && overlap(other, deviation),
      );
    if (rival !== undefined) {
      faults.push(
        `Two entries for ${deviation.rule} on ${deviation.platform} apply to the same builds: ` +
          `${JSON.stringify(buildsOf(rival))} and ${JSON.stringify(buildsOf(deviation))}`,
      );
    }
    return faults;
  });
}

function overlap(one: Deviation, other: Deviation): boolean {
  if ([...rangesOf(one), ...rangesOf(other)].some((range) => validRange(range) === null)) return false;
  if (!intersects(one.builds, other.builds)) return false;
  if (one.libc === undefined || other.libc === undefined) return true;
  return nameOf(one.libc) === nameOf(other.libc) && intersects(rangeOf(one.libc), rangeOf(other.libc));
}

function rangesOf({ builds, libc }: Deviation): string[] {
  return [builds, ...(libc === undefined ? [] : [rangeOf(libc)])];
}
