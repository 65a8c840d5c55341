// The memory that measuring large files takes, in a process of its own.
import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.js';
import { registryWorld, servingVersion } from '../support/world.js';
import { root } from './tools.js';

test('200 MB of CSV a side are measured in less than 300 MB of memory', async () => {
  const world = await registryWorld();
  await servingVersion(world);
  const big = path.join(await temporaryFolder(), 'big.csv');
  const sink = createWriteStream(big);
  sink.write('a,b,c,d,e,f,g,h,kind\n');
  let state = 1;
  const next = (): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 42_949_672.96).toFixed(6);
  };
  let rows = 0;
  for (let size = 0; size < 200e6;) {
    const lines: string[] = [];
    for (let line = 0; line < 5000; line++)
      lines.push(`${[0, 1, 2, 3, 4, 5, 6, 7].map(next).join(',')},k${line % 4}\n`);
    rows += lines.length;
    const text = lines.join('');
    size += text.length;
    if (!sink.write(text)) await new Promise<void>((resolve) => sink.once('drain', resolve));
  }
  await new Promise<void>((resolve) => sink.end(resolve));
  expect((await stat(big)).size).toBeGreaterThan(200e6);
  const tellMemory =
    'data:text/javascript,process.on("exit",()=>console.error("peak",process.resourceUsage().maxRSS))';
  const started = Date.now();
  // Its own process, as it is installed: `npm run build` has made it.
  const said = execFileSync(
    'sh',
    [
      '-c',
      '"$0" "$@" 2>&1',
      process.execPath,
      '--import',
      tellMemory,
      path.join(root, 'bin/mlc.js'),
      'drift',
      'churn',
      '--reference',
      big,
      '--current',
      big,
    ],
    { cwd: world.folder, encoding: 'utf8' },
  );
  const seconds = (Date.now() - started) / 1000;
  const peak = Number(/peak (\d+)/.exec(said)?.[1]) / 1024;
  console.log(
    `${rows} rows a side, ${Math.round((2 * rows) / seconds)} rows a second, ${Math.round(peak)} MB at most`,
  );
  expect(said.match(/stable|within/g)).toHaveLength(9);
  expect(peak).toBeLessThan(300);
});
