// One input of the fuzzer, as it is made and before it is tried.

/** A call of mlc on files. */
export interface Call {
  argv: string[];
  env: Record<string, string>;
  /** The folder of the place to work in: `registry` or `many`. */
  cwd: 'registry' | 'many';
  /** By names relative to the place. */
  files: Map<string, Buffer>;
  /** Whether the files are committed before the call. */
  commit: boolean;
  /** Names, relative to the registry, at which a call that fails may leave something else. */
  mayChange?: RegExp;
  /** Whether the answer has to be the one that the files' absence gives. */
  sameAnswer?: boolean;
}

/** A direct call of a reader, without a registry. */
interface Reading {
  files: Map<string, Buffer>;
  /** Reads the files in a folder. Answers whether they were taken, and what was promised and not kept. */
  read: (folder: string) => Promise<{ taken: boolean; broken: string[] }>;
}

/** One input. */
export type Input = { surface: string; how: string[] } & ({ call: Call } | { reading: Reading });
