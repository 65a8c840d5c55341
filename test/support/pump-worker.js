// Holds an expression against its attacks in a thread of its own, which can be ended; stops at the first that takes long.
import process from 'node:process';
import { parentPort } from 'node:worker_threads';

/** Milliseconds of processor time, which a busy machine does not change. */
function used() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

parentPort.on('message', ({ source, flags, attacks, limit }) => {
  const expression = new RegExp(source, flags.replace(/[gy]/g, ''));
  const slow = attacks.find((attack) => {
    const begun = used();
    expression.test(attack);
    return used() - begun > limit;
  });
  parentPort.postMessage(slow === undefined ? '' : `on ${JSON.stringify(slow.slice(0, 40))}…`);
});
