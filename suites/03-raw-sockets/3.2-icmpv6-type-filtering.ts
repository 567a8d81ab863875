import { section } from '../../harness';
import { filterMacros } from './3.2-filter-macros';
import { filterSweeps } from './3.2-sweeps';
import { filterValues } from './3.2-filter-values';
import { filteredMessages } from './3.2-filtered-messages';

export default section('3.2', 'ICMPv6 Type Filtering', [
  ...filterMacros,
  ...filterValues,
  ...filteredMessages,
  ...filterSweeps,
]);
