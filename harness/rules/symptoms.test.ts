import { section, type ShippedDefect } from './rule';
import { symptomsIn, symptomsOf } from './symptoms';

const shipped: ShippedDefect = {
  reference: 'KB1',
  systems: 'a system',
  link: 'https://example.org/1',
  symptom: { rules: ['3.1', 'kb1'], observed: /^checksum 0x0000$/ },
};
const symptoms = symptomsIn([section('3', 'without', []), section('kb1', 'with', [], shipped)]);

test('a failure that looks exactly like a shipped defect names it', () => {
  const named = [{ reference: 'KB1', systems: 'a system', link: 'https://example.org/1' }];
  expect(symptomsOf(symptoms, '3.1.sendto-fills', 'checksum 0x0000')).toEqual(named);
  expect(symptomsOf(symptoms, 'kb1.steps', 'checksum 0x0000')).toEqual(named);
});

test('another rule or another observation does not', () => {
  expect(symptomsOf(symptoms, '3.10.other', 'checksum 0x0000')).toEqual([]);
  expect(symptomsOf(symptoms, '3.1.sendto-fills', 'checksum 0xffff')).toEqual([]);
});
