import { headerRule, messageMembers, section, structure } from '../../harness';

const header = 'netinet/icmp6.h';

export default section('2.2.3', 'Multicast Listener Discovery Definitions', [
  headerRule({
    id: 'type-values',
    says: 'The three messages of Multicast Listener Discovery have their assigned types.',
    covers: ['2.2.3-01'],
    header,
    defines: { MLD_LISTENER_QUERY: 130, MLD_LISTENER_REPORT: 131, MLD_LISTENER_REDUCTION: 132 },
  }),
  headerRule({
    id: 'mld-layout',
    says: 'struct mld_hdr is a message of Multicast Listener Discovery, 24 bytes.',
    covers: ['2.2.3-01'],
    header,
    defines: structure('struct mld_hdr', 24, {
      ...messageMembers('mld', 'icmp6_hdr'),
      mld_maxdelay: [4, 2],
      mld_reserved: [6, 2],
      mld_addr: [8, 16],
    }),
  }),
]);
