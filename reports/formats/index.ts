import type { Comparison } from '../compare';
import type { Evidence } from '../evidence';
import type { ProofRecord } from '../proof';
import type { Report } from '../report';
import { annotations } from './annotations';
import { ctrf } from './ctrf';
import { html } from './html';
import { junit } from './junit';
import { kcidb } from './kcidb';
import { ktap } from './ktap';
import { markdown } from './markdown';
import type { FormatName } from './names';

/** What may lie beside a record and enrich how it is shown; every format does without. */
export interface Beside {
  /** The run's packets. */
  readonly evidence?: Evidence;
  /** Under which seeded defects the rules were seen to fail. */
  readonly proof?: ProofRecord;
  /** What changed since an earlier run. */
  readonly changes?: Comparison;
}

export interface Format {
  /** The name of the file in the folder of a run. */
  readonly file: string;
  /** For help texts, in a few words. */
  readonly says: string;
  readonly render: (report: Report, beside?: Beside) => string;
}

export const FORMATS: Readonly<Record<FormatName, Format>> = {
  html: { file: 'report.html', says: 'a page to look at, with the packets', render: html },
  junit: { file: 'junit.xml', says: 'JUnit XML for CI', render: junit },
  ktap: { file: 'report.ktap', says: 'KTAP for kernel CI and readers of TAP', render: ktap },
  markdown: {
    file: 'summary.md',
    says: 'a summary for GitHub',
    render: (report, beside) => markdown(report, beside?.changes),
  },
  annotations: { file: 'annotations.txt', says: 'annotations for GitHub', render: annotations },
  ctrf: { file: 'ctrf.json', says: 'CTRF for test dashboards', render: ctrf },
  kcidb: { file: 'kcidb.json', says: 'a submission to the database of KernelCI', render: kcidb },
};
