// The one kind of error that mlc expects: it carries an exit code, a stable code, and the way out.
import type { Problem } from './lifecycle/problems.js';

/** 1: the answer is no. 2: the question could not be put. 130: interrupted. */
export type ExitCode = 1 | 2 | 130;

interface FailureDetails {
  code: string;
  message: string;
  exitCode: ExitCode;
  hint?: string | undefined;
  problems?: readonly Problem[];
  cause?: unknown;
}

/** An expected failure. Anything else that is thrown is a bug in mlc. */
export class Failure extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;
  readonly problems: readonly Problem[];

  constructor(details: FailureDetails) {
    super(details.message, { cause: details.cause });
    this.name = 'Failure';
    this.code = details.code;
    this.exitCode = details.exitCode;
    this.hint = details.hint;
    this.problems = details.problems ?? [];
  }
}

/** The answer is no: a rule, a gate or a record refuses. */
export function refusal(
  code: string,
  message: string,
  hint?: string,
  problems: readonly Problem[] = [],
): Failure {
  return new Failure({ code, message, hint, problems, exitCode: 1 });
}

/** The question could not be put: wrong flags, unreadable input, no registry, no identity. */
export function usage(
  code: string,
  message: string,
  hint?: string,
  problems: readonly Problem[] = [],
): Failure {
  return new Failure({ code, message, hint, problems, exitCode: 2 });
}
