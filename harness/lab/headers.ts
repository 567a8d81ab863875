/** A C expression of an integer, as a program meets it that includes this one header of the system. */
export interface Question {
  /** Such as `netinet/ip6.h`. */
  readonly header: string;
  /** Statements are asked as a GNU statement expression, `({ …; value; })`. */
  readonly expression: string;
}

/** The value; `not defined` where the expression does not compile; the name of the signal where it crashes. */
export type Answer = number | string;

/** C text that follows a header, such as another definition of a macro, by the header's name. */
export type Patches = Readonly<Record<string, string>>;

export const NOT_DEFINED = 'not defined';

/** What the headers and macros of the system under test say. */
export interface Headers {
  /** @throws LabError for a question that no rule announced in `asks` */
  answer(question: Question): Answer;
}
