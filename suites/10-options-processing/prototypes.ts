import { prototype, type Expressions } from '../../harness';

/** The functions of RFC 3542 §10, with `unsigned int` for its uint_t. */
export const prototypes: Expressions = {
  ...prototype('inet6_opt_init', 'int (void *, socklen_t)'),
  ...prototype('inet6_opt_append', 'int (void *, socklen_t, int, uint8_t, socklen_t, unsigned int, void **)'),
  ...prototype('inet6_opt_finish', 'int (void *, socklen_t, int)'),
  ...prototype('inet6_opt_set_val', 'int (void *, int, void *, socklen_t)'),
  ...prototype('inet6_opt_next', 'int (void *, socklen_t, int, uint8_t *, socklen_t *, void **)'),
  ...prototype('inet6_opt_find', 'int (void *, socklen_t, int, uint8_t, socklen_t *, void **)'),
  ...prototype('inet6_opt_get_val', 'int (void *, int, void *, socklen_t)'),
};
