// What a run of mlc is given from outside: arguments, folder, environment, streams.

/** A stream that text is written to. */
export interface TextSink {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

/** Everything outside that a run depends on. */
export interface Context {
  cwd: string;
  env: NodeJS.ProcessEnv;
  stdin: NodeJS.ReadableStream & { isTTY?: boolean | undefined };
  stdout: TextSink;
  stderr: TextSink;
}

/** The context of this process. */
export function processContext(): Context {
  return {
    cwd: process.cwd(),
    // A copy: the live object cannot be handed to a worker.
    env: { ...process.env },
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
  };
}
