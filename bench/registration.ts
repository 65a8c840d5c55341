// Registers a version more, as measured: new evidence on the model of an example, held to its gate each time.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Subject } from './measure.js';
import type { RecordsRegistry } from './registries/records.js';
import { evidenceOf, examples } from './registries/seed.js';
import { type Setting, committing, mlc } from './setting.js';

const example = 'gradient-boosted';

// Each number is used once in a run: the same evidence again is the same version, and nothing is committed.
let number = 0;

/** `mlc register`, of the same models in the same order as other transitions, with artifacts that no registry has. */
export function registrations(setting: Setting, registry: RecordsRegistry & { folder: string }): Subject {
  const evidence = readFileSync(path.join(examples, example, 'evidence.yaml'), 'utf8');
  const file = path.join(registry.folder, '.git', 'bench-evidence.yaml');
  let next = 0;
  return committing(registry.folder, {
    before: () => {
      number += 1;
      const digest = (old: string): string =>
        createHash('sha256').update(`${old}${number}${process.pid}`).digest('hex');
      writeFileSync(file, evidence.replace(/(?<=artifacts:[^]*)[0-9a-f]{64}/g, digest));
    },
    run: () => {
      const { model } = registry.serving[next++ % registry.serving.length] ?? { model: '' };
      const flags = ['--seed', String(1_000_000 + number), '--started-at', '2027-05-20T09:00:00Z'];
      const evidenced = evidenceOf(example, file);
      mlc(setting, registry, 'register', model, '--change', 'architecture', ...evidenced, ...flags).run();
    },
  });
}
