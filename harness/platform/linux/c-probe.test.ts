import { NOT_DEFINED, type Question } from '../../lab/headers';
import { testOnLinux as test } from '../only-on';
import { brokenOnes, headersOn } from './c-probe';

const header = 'netinet/in.h';
const ask = (expressions: readonly string[], patches = {}): readonly unknown[] => {
  const questions = expressions.map((expression): Question => ({ header, expression }));
  const headers = headersOn((action) => action())(questions, patches);
  return questions.map((question) => headers.answer(question));
};

test('a broken and a crashing expression leave the others alone', () => {
  const crash = '*(volatile int *) 0';
  expect(ask(['IPPROTO_ICMPV6', 'NO_SUCH_NAME', crash, 'no_such_function(1)', 'sizeof(int)', '-1'])).toEqual([
    58,
    NOT_DEFINED,
    'SIGSEGV',
    NOT_DEFINED,
    4,
    -1,
  ]);
});

test('a name that is not there leaves out every expression that has it', () => {
  const absent = Array.from({ length: 5 }, (_, index) => `NO_SUCH_NAME + ${String(index)}`);
  expect(ask([...absent, 'IPPROTO_ICMPV6'])).toEqual([...absent.map(() => NOT_DEFINED), 58]);
});

test('a header that is not there leaves its questions undefined and no other', () => {
  const absent: Question = { header: 'netinet/no-such.h', expression: '1' };
  const present: Question = { header, expression: 'IPPROTO_IPV6' };
  const headers = headersOn((action) => action())([absent, present]);
  expect([headers.answer(absent), headers.answer(present)]).toEqual([NOT_DEFINED, 41]);
});

test('a patch follows its header and no other', () => {
  const patch = '#undef IPPROTO_ICMPV6\n#define IPPROTO_ICMPV6 1';
  expect(ask(['IPPROTO_ICMPV6'], { [header]: patch })).toEqual([1]);
  expect(ask(['IPPROTO_ICMPV6'], { 'netinet/ip6.h': patch })).toEqual([58]);
});

test('an error inside a macro is traced to its question', () => {
  const questions = ['a', 'b'].map((expression): Question => ({ header, expression }));
  const messages = `<netinet/in.h>:4:20: error: no member
question-1:1:3: note: in expansion of macro 'b'`;
  expect(brokenOnes(questions, messages)).toEqual([1]);
});

test('a question that nobody announced is a fault of the suite', () => {
  expect(() => headersOn((action) => action())([]).answer({ header, expression: '1' })).toThrow(
    /no rule announced/,
  );
});
