import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReport, UnreadableReport } from '../../reports/read';
import { verify } from '../../reports/verify';
import { plural } from '../../reports/text';
import { readCatalogue } from '../rules/catalogue';
import { EXIT } from '../rules/verdict';
import { type Answer, evidenceBeside } from './record';
import { ROOT } from '../run/suite';
import { UsageError } from './usage';

/**
 * Whether a record can be relied on. Exits 0 when it can, 3 when it is honest but not whole, and 1 when no run can have
 * written it so.
 * @param suite the version and the catalogue of the suite at hand
 * @throws UsageError when there is no such file
 */
export function verifyFile(
  file: string,
  suite: { readonly version: string; readonly catalogue: string },
): Answer {
  try {
    const report = readReport(file);
    const evidence = evidenceBeside(file, report);
    const faults = verify(report, { suite, ...(evidence === undefined ? {} : { evidence }) });
    if (faults.length === 0) {
      const packets = report.packets === undefined ? '' : ` and ${plural(report.packets.count, 'packet')}`;
      return {
        output: `${file} verifies: ${plural(report.rules.length, 'rule')}${packets}.\n`,
        exitCode: EXIT.expected,
      };
    }
    const wrong = faults.some(({ kind }) => kind === 'wrong');
    const lines = faults.map(({ kind, text }) => `  ${kind.padEnd(10)}  ${text}`);
    return {
      output: `${file} does not verify:\n${lines.join('\n')}\n`,
      exitCode: wrong ? EXIT.unexpected : EXIT.incomplete,
    };
  } catch (error) {
    if (!(error instanceof UnreadableReport)) throw error;
    if (error.kind === 'missing') throw new UsageError(error.message);
    return {
      output: `${file} does not verify: ${error.reason}.\n`,
      exitCode: error.kind === 'cut short' ? EXIT.incomplete : EXIT.unexpected,
    };
  }
}

/** The version and the catalogue of this checkout. */
export function suiteAtHand(): { readonly version: string; readonly catalogue: string } {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return { version, catalogue: readCatalogue(join(ROOT, 'suites')).hash };
}
