import { section } from '../../harness';
import { checksumOption } from './3.1-checksum-option';
import { checksumOptionOnIcmpv6 } from './3.1-checksum-option-on-icmpv6';
import { filledChecksums } from './3.1-filled-checksums';
import { sendPaths } from './3.1-send-paths';
import { sweeps } from './3.1-sweeps';

export default section('3.1', 'Checksums', [
  ...sendPaths,
  ...filledChecksums,
  ...sweeps,
  ...checksumOptionOnIcmpv6,
  ...checksumOption,
]);
