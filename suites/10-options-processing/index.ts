import type { Section } from '../../harness';
import processing from './10-options-processing';
import init from './10.1-inet6-opt-init';
import append from './10.2-inet6-opt-append';
import finish from './10.3-inet6-opt-finish';
import setVal from './10.4-inet6-opt-set-val';
import next from './10.5-inet6-opt-next';
import find from './10.6-inet6-opt-find';
import getVal from './10.7-inet6-opt-get-val';

export const optionsProcessing: readonly Section[] = [
  processing,
  init,
  append,
  finish,
  setVal,
  next,
  find,
  getVal,
];
