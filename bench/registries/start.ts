// The ref that a registry starts from, so that one that was kept can be put back to it.
export const start = 'refs/bench/start';
