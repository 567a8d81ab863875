import { conform } from '../harness';
import { deviations } from './deviations';
import { contents } from './index';

conform(contents, deviations, __dirname);
