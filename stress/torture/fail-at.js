// Loaded into the program before it starts: its n-th change of a file in the arena fails, or kills everything, before, amid or after.
import { appendFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';

const { TORTURE_FOLDER: folder = '', TORTURE_FILE_AT: at = '0', TORTURE_FILE_BLOW: blow = '' } = process.env;
const { TORTURE_FILE_LOG: log = '' } = process.env;
let made = 0;

const inArena = (args) => args.some((arg) => typeof arg === 'string' && arg.startsWith(`${folder}/`));
const changes = (name, args) => name !== 'open' || /[wa+]/.test(String(args[1] ?? 'r'));
const die = () => process.kill(0, 'SIGKILL');

for (const name of ['writeFile', 'rename', 'link', 'rm', 'unlink', 'mkdir', 'copyFile', 'open', 'utimes']) {
  const real = fs[name];
  fs[name] = async (...args) => {
    if (!inArena(args) || !changes(name, args)) return real(...args);
    made += 1;
    appendFileSync(log, `${name} ${args[0]}\n`);
    if (String(made) !== at) return real(...args);
    if (blow === 'kill before') die();
    if (blow === 'kill amid' && name === 'writeFile') {
      await real(args[0], String(args[1]).slice(0, String(args[1]).length / 2));
      die();
    }
    if (/^E[A-Z]+$/.test(blow))
      throw Object.assign(new Error(`${blow}: made to fail, ${name} '${args[0]}'`), {
        code: blow,
        path: args[0],
      });
    const done = await real(...args);
    if (blow.startsWith('kill')) die();
    return done;
  };
}
syncBuiltinESMExports();
