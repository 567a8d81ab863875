import { section } from '../../harness';
import { sentAncillaryData } from './4-ancillary-data';
import { receiveOptions } from './4-receive-options';
import { stickyOptions } from './4-sticky-options';

export default section('4', 'Access to IPv6 and Extension Headers', [
  ...receiveOptions,
  ...stickyOptions,
  ...sentAncillaryData,
]);
