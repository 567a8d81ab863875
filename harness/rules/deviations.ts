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
  readonly observed: string;
  readonly reason: string;
  readonly link: string;
}

/** What a deviation is compared with. */
export interface Build {
  readonly platform: string;
  /** The kernel's version as the system says it. */
  readonly kernel: string;
}

/** The deviation that is listed for a rule on a build. */
export function deviationFor(
  deviations: readonly Deviation[],
  rule: string,
  build: Build,
): Deviation | undefined {
  return deviations.find((deviation) => deviation.rule === rule && applies(deviation, build));
}

function applies({ platform, builds }: Deviation, build: Build): boolean {
  const version = coerce(build.kernel);
  return platform === build.platform && (builds === '*' || (version !== null && satisfies(version, builds)));
}

/**
 * What is wrong with a list of deviations, in one sentence each: unknown rules, ranges that are none, and two entries that
 * could both apply to one build with different observations.
 */
export function faultsOf(deviations: readonly Deviation[], rules: ReadonlySet<string>): string[] {
  return deviations.flatMap((deviation, index) => {
    const faults: string[] = [];
    if (!rules.has(deviation.rule)) faults.push(`There is no rule ${deviation.rule}`);
    if (validRange(deviation.builds) === null) {
      faults.push(
        `${JSON.stringify(deviation.builds)} for ${deviation.rule} is not a range of versions such as ">=6.12"`,
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
          `${JSON.stringify(rival.builds)} and ${JSON.stringify(deviation.builds)}`,
      );
    }
    return faults;
  });
}

function overlap(one: Deviation, other: Deviation): boolean {
  if (validRange(one.builds) === null || validRange(other.builds) === null) return false;
  return intersects(one.builds, other.builds);
}
