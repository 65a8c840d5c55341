// Measures mlc beside tools that do the same job, up to the sizes that they finish.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Stock } from '../registries/open.js';
import type { Setting } from '../setting.js';
import type { PeerFindings, PeerRow } from './findings.js';
import { besideGto } from './gto.js';
import { ajvCli, checkJsonschema, gto, mlflowPython } from './install.js';
import { besideMlflow } from './mlflow.js';
import { peerScene } from './scene.js';
import { validating } from './validators.js';

/** Other tools take minutes at more records than this. */
const mostRecords = 10_000;
const usualTimes = 3;

function pythonVersion(program: string, name: string): string {
  const python = path.join(path.dirname(program), 'python');
  const ask = `from importlib.metadata import version; print(version("${name}"))`;
  return execFileSync(python, ['-c', ask], { encoding: 'utf8' }).trim();
}

function peerVersions(): Record<string, string> {
  const manifest = path.join(path.dirname(path.dirname(ajvCli())), 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return {
    'ajv-cli': version,
    'check-jsonschema': pythonVersion(checkJsonschema(), 'check-jsonschema'),
    GTO: pythonVersion(gto(), 'gto'),
    MLflow: pythonVersion(mlflowPython(), 'mlflow-skinny'),
    Python: execFileSync(mlflowPython(), ['--version'], { encoding: 'utf8' }).trim().replace('Python ', ''),
  };
}

/** Every comparison at every size that is not too large. */
export function besidePeers(
  setting: Setting,
  stock: Stock,
  sizes: readonly number[],
  times: number = usualTimes,
): PeerFindings {
  const versions = peerVersions();
  const rows: PeerRow[] = [];
  for (const size of sizes.filter((one) => one <= mostRecords)) {
    const scene = peerScene(setting, stock, size, times);
    for (const beside of [validating, besideGto, besideMlflow]) {
      const found = beside(scene);
      for (const row of found) process.stderr.write(`${JSON.stringify(row)}\n`);
      rows.push(...found);
    }
  }
  return { versions, rows };
}
