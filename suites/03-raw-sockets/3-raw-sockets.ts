import { section } from '../../harness';
import { calls } from './3-calls';
import { receiving } from './3-receiving';
import { sending } from './3-sending';

export default section('3', 'IPv6 Raw Sockets', [...sending, ...receiving, ...calls]);
