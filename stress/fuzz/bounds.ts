// What an input may cost.

/** Milliseconds of processor time until an input counts as hanging. */
export const longestTime = 2000;
/** Milliseconds until one that uses no processor counts as hanging: it waits for something that never comes. */
export const longestWait = 30_000;
/** Megabytes that a process may ever have held, the fuzzer's own included. */
export const largestMemory = 768;
