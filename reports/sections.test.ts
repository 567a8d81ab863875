import { record } from './formats/golden/record';
import { documentName, sectionName, sectionsOf } from './sections';

test('sections come in the order of the table of contents, also those without rules', () => {
  expect(sectionsOf(record).map(({ section, rules, without }) => [section, rules.length, without])).toEqual([
    ['3.1', 5, undefined],
    ['3.2', 5, undefined],
    ['12', 0, 'It asks nothing of a host. <b>'],
    ['rfc4443-4.1', 2, undefined],
  ]);
});

test('a record without a table of contents has the sections of its rules', () => {
  expect(
    sectionsOf({ rules: record.rules }).map(({ document, section, title }) => [document, section, title]),
  ).toEqual([
    ['rfc3542', '3.1', 'Checksums'],
    ['rfc3542', '3.2', 'ICMPv6 Type Filtering'],
    ['rfc4443', 'rfc4443-4.1', 'Echo Request Message'],
  ]);
});

test('a section is named as people cite it', () => {
  expect(sectionName({ document: 'rfc3542', section: '3.1' })).toBe('RFC 3542 §3.1');
  expect(sectionName({ document: 'rfc4443', section: 'rfc4443-2.3' })).toBe('RFC 4443 §2.3');
  expect(sectionName({ document: 'history', section: 'kb974927' })).toBe('kb974927');
  expect(['rfc4443', 'history', 'POSIX'].map(documentName)).toEqual([
    'RFC 4443',
    'Defects that shipped',
    'POSIX',
  ]);
});
