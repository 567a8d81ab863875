import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabError, wordsOf } from '../../errors';
import { onAnyProcessor } from './affinity';
import { NOT_DEFINED, type Answer, type Headers, type Patches, type Question } from '../../lab/headers';

/** All that the system declares, whatever standard a program asks for by default. */
const FLAGS = [
  '-D_GNU_SOURCE',
  '-D__APPLE_USE_RFC_3542',
  '-Werror=implicit-function-declaration',
  '-Werror=incompatible-pointer-types',
  '-Werror=int-conversion',
];

/** Long enough for any expression; one that hangs is a crash by SIGALRM. */
const SECONDS = 2;

/** A program, and what it is given before anything else. */
type Compiler = readonly [string, ...string[]];
const HOST_COMPILER: Compiler = ['cc'];

/** `true`, or why no header can be asked. */
export function cCompiler(): true | string {
  if (READY !== undefined) return true;
  const { status, error } = spawnSync('cc', ['-E', '-x', 'c', '-'], {
    input: '#include <sys/socket.h>\n',
    encoding: 'utf8',
  });
  if (error !== undefined)
    return 'There is no C compiler: install one (cc), for example Debian’s gcc and libc6-dev.';
  return (
    status === 0 ||
    'The C compiler has no headers of this system: install them, for example Debian’s libc6-dev.'
  );
}

type OnHost = <T>(action: () => T) => T;

/**
 * The headers of a host. Everything is asked with one program, on the first question: one translation unit for each header, so
 * that none lends its names to another, and one case of its function for each expression. `onHost` runs the program where its sockets
 * belong to the host. The same questions with the same patches are asked once.
 */
export function headersOn(onHost: OnHost): (questions: readonly Question[], patches?: Patches) => Headers {
  const known = new Map<string, ReadonlyMap<string, Answer>>();
  return (questions, patches = {}) => {
    const asked = distinct(questions);
    const name = [...Object.entries(patches).flat(), ...asked.map(key)].join('\n');
    return {
      answer: (question) => {
        const answers = known.get(name) ?? answersTo(asked, onHost, patches);
        known.set(name, answers);
        const answer = answers.get(key(question));
        if (answer === undefined)
          throw new LabError(`Cannot answer ${question.expression}: no rule announced it`);
        return answer;
      },
    };
  };
}

function answersTo(
  asked: readonly Question[],
  onHost: OnHost,
  patches: Patches,
): ReadonlyMap<string, Answer> {
  return READY === undefined
    ? inFolder((folder) => ask(folder, asked, onHost, patches))
    : answersFrom(join(READY, nameOf(patches)), onHost);
}

function key({ header, expression }: Question): string {
  return `${header} ${expression}`;
}

function distinct(questions: readonly Question[]): readonly Question[] {
  return [...new Map(questions.map((question) => [key(question), question])).values()];
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'rfc3542-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Where programs are that another machine compiled for this one, which has the same C library and no compiler. */
const READY = process.env['RFC3542_PROBES'];
const PROGRAM = 'probe';
const QUESTIONS = 'questions.json';

/**
 * Compiles what rules ask under some patches into a folder below `probes`, for a machine without a compiler. `compiler` may be a
 * cross compiler.
 * @throws LabError
 */
export function writeProbe(
  probes: string,
  questions: readonly Question[],
  patches: Patches,
  compiler: Compiler,
): void {
  const folder = join(probes, nameOf(patches));
  mkdirSync(folder, { recursive: true });
  const asked = distinct(questions);
  build(folder, asked, patches, compiler);
  for (const name of readdirSync(folder)) if (name !== PROGRAM) rmSync(join(folder, name));
  writeFileSync(join(folder, QUESTIONS), JSON.stringify(asked));
}

function nameOf(patches: Patches): string {
  return createHash('sha256').update(JSON.stringify(patches)).digest('hex').slice(0, 16);
}

function answersFrom(folder: string, onHost: OnHost): ReadonlyMap<string, Answer> {
  try {
    const questions = JSON.parse(readFileSync(join(folder, QUESTIONS), 'utf8')) as readonly Question[];
    return answersOf(
      questions,
      onHost(() => run(join(folder, PROGRAM))),
    );
  } catch (error) {
    throw new LabError(`Cannot ask the headers: ${wordsOf(error)}`);
  }
}

function ask(
  folder: string,
  questions: readonly Question[],
  onHost: OnHost,
  patches: Patches,
): ReadonlyMap<string, Answer> {
  build(folder, questions, patches, HOST_COMPILER);
  return answersOf(
    questions,
    onHost(() => run(join(folder, PROGRAM))),
  );
}

/** Makes the program that answers the questions. @throws LabError */
function build(folder: string, questions: readonly Question[], patches: Patches, compiler: Compiler): void {
  const undefinedOnes = new Set<number>();
  const compiled = (mode: Parameters<typeof compile>[3]): string =>
    onAnyProcessor(() => compile(folder, sources(questions, undefinedOnes, patches), compiler, mode));
  // What does not compile is left out. A name that is not there is reported once, so that several rounds may be needed; most of
  // a compilation is not the part that finds errors.
  for (let messages = compiled('-fsyntax-only'); messages !== ''; messages = compiled('-fsyntax-only')) {
    const known = undefinedOnes.size;
    for (const index of brokenOnes(questions, messages)) undefinedOnes.add(index);
    if (undefinedOnes.size === known)
      throw new LabError(`Cannot compile the C probe: ${messages.slice(0, 2000)}`);
  }
  const messages = compiled('-c');
  if (messages !== '') throw new LabError(`Cannot compile the C probe: ${messages.slice(0, 2000)}`);
  link(folder, headersOf(questions).length + 1, compiler);
}

/** Compiles the units side by side. What the compiler said, in the order of the units; nothing if all is well. */
function compile(
  folder: string,
  units: readonly string[],
  compiler: Compiler,
  mode: '-fsyntax-only' | '-c',
): string {
  const commands = units.map((text, index) => {
    const unit = `unit${String(index)}`;
    writeFileSync(join(folder, `${unit}.c`), text);
    return `{ "$@" ${FLAGS.join(' ')} -O0 -pipe ${mode} ${unit}.c 2>${unit}.messages && : >${unit}.messages; } &`;
  });
  const { error } = spawnSync('sh', ['-c', [...commands, 'wait'].join('\n'), 'sh', ...compiler], {
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error !== undefined) throw new LabError(`Cannot compile the C probe: ${error.message}`);
  return units
    .map((_, index) => readFileSync(join(folder, `unit${String(index)}.messages`), 'utf8'))
    .join('');
}

function link(folder: string, units: number, [program, ...args]: Compiler): void {
  const objects = Array.from({ length: units }, (_, index) => `unit${String(index)}.o`);
  const { status, stderr } = spawnSync(program, [...args, '-o', PROGRAM, ...objects], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new LabError(`Cannot link the C probe: ${stderr.slice(0, 2000)}`);
}

function headersOf(questions: readonly Question[]): readonly string[] {
  return [...new Set(questions.map(({ header }) => header))];
}

/** One unit per header, and the program around them. */
function sources(
  questions: readonly Question[],
  leftOut: ReadonlySet<number>,
  patches: Patches,
): readonly string[] {
  const headers = headersOf(questions);
  const asked = [...questions.entries()].filter(([index]) => !leftOut.has(index));
  const units = headers.map((header, unit) => {
    const own = asked.filter(([, question]) => question.header === header);
    if (own.length === 0) return unitOf(unit, []);
    return [
      `#line 1 "<${header}>"`,
      `#include <${header}>`,
      // What an expression may need besides follows the header, which must do without.
      '#include <stddef.h>',
      '#include <errno.h>',
      '#include <sys/socket.h>',
      patches[header] ?? '',
      unitOf(unit, own),
    ].join('\n');
  });
  const places = asked.map(([index, { header }]) => ({ index, unit: headers.indexOf(header) }));
  return [...units, mainOf(units.length, places)];
}

/** One function answers all: a compiler takes longer over functions than over what is in them. */
function unitOf(unit: number, own: readonly (readonly [number, Question])[]): string {
  const cases = own.map(([index, { expression }]) => caseOf(index, expression));
  return `long long unit_${String(unit)}(int question) {\nswitch (question) {\n${cases.join('\n')}\n}\nreturn 0;\n}\n`;
}

/** A line of its own name, so that the compiler's messages say which question they are about. */
function caseOf(index: number, expression: string): string {
  const number = String(index);
  return `case ${number}: return\n#line 1 "question-${number}"\n(long long) (${expression.replaceAll('\n', ' ')});`;
}

function mainOf(
  units: number,
  questions: readonly { readonly index: number; readonly unit: number }[],
): string {
  return `#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
${Array.from({ length: units }, (_, unit) => `long long unit_${String(unit)}(int);`).join('\n')}
static struct { int number; long long (*ask)(int); } questions[] = {
${questions.map(({ index, unit }) => `  { ${String(index)}, unit_${String(unit)} },`).join('\n')}
  { -1, 0 }
};
static sigjmp_buf back;
static void crashed(int signal) { siglongjmp(back, signal); }
int main(void) {
  int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM };
  for (int i = 0; i < 6; i++) signal(signals[i], crashed);
  for (volatile int i = 0; questions[i].ask; i++) {
    int signal = sigsetjmp(back, 1);
    alarm(${String(SECONDS)});
    if (signal) printf("%d crash %d\\n", questions[i].number, signal);
    else printf("%d value %lld\\n", questions[i].number, questions[i].ask(questions[i].number));
  }
  return 0;
}
`;
}

/**
 * Questions that do not compile. An error stands in the question, or in a macro that the lines after it trace to the question;
 * any other is the header's own, and leaves all of its questions undefined.
 */
export function brokenOnes(questions: readonly Question[], messages: string): readonly number[] {
  const lines = messages.split('\n');
  const errors = [...lines.keys()].filter((index) => /: (fatal )?error: /.test(lines[index] ?? ''));
  return errors.flatMap((start, index) => {
    const block = lines.slice(start, errors[index + 1] ?? lines.length).join('\n');
    const traced = [...block.matchAll(/^question-(\d+):\d+/gm)]
      .slice(0, 1)
      .map(([, number]) => Number(number));
    if (traced.length > 0) return traced;
    const before = lines.slice(errors[index - 1] ?? 0, start + 1).join('\n');
    return [...questions.keys()].filter((question) =>
      before.includes(`<${questions[question]?.header ?? ''}>`),
    );
  });
}

function run(program: string): string {
  const { stdout, status, signal, error } = spawnSync(program, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) {
    throw new LabError(`Cannot run the C probe: ${error?.message ?? signal ?? `status ${String(status)}`}`);
  }
  return stdout;
}

function answersOf(questions: readonly Question[], printed: string): ReadonlyMap<string, Answer> {
  const answers = new Map<string, Answer>(questions.map((question) => [key(question), NOT_DEFINED]));
  for (const [, index, kind, value] of printed.matchAll(/^(\d+) (value|crash) (-?\d+)$/gm)) {
    const question = questions[Number(index)];
    if (question === undefined) continue;
    answers.set(key(question), kind === 'value' ? Number(value) : signalName(Number(value)));
  }
  return answers;
}

function signalName(number: number): string {
  return (
    Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `signal ${String(number)}`
  );
}
