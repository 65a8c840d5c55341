// Validating every version record: check-jsonschema and ajv-cli, with the schemas that mlc ships.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runCommand } from '../command.js';
import { type Subject, measureWithin } from '../measure.js';
import { ajvOf, schemas } from '../parts/validators.js';
import { as, clock } from '../people.js';
import { mlc } from '../setting.js';
import type { PeerRow } from './findings.js';
import { ajvCli, checkJsonschema } from './install.js';
import { type PeerScene, limit } from './scene.js';

function checkJsonschemaOf({ registry, versions }: PeerScene): Subject {
  const files = [...versions].flatMap(([model, list]) =>
    list.map((version) => `models/${model}/versions/${version}.yaml`),
  );
  const schema = path.join(schemas, 'version.schema.json');
  const args = ['--schemafile', schema, '--base-uri', pathToFileURL(schema).href, ...files];
  const env = as('grace', clock);
  return {
    run: () =>
      runCommand({ file: checkJsonschema(), args, cwd: registry.folder, env, speaks: 'always', limit }),
  };
}

export function validating(scene: PeerScene): PeerRow[] {
  const { setting, registry, times } = scene;
  const cold: Subject = {
    ...mlc(setting, registry, 'validate'),
    before: () =>
      rmSync(path.join(registry.folder, '.git', 'mlc', 'cache'), { recursive: true, force: true }),
  };
  const found = measureWithin(
    { mlc: cold, ajv: ajvOf(setting, registry.folder, ajvCli()), python: checkJsonschemaOf(scene) },
    Math.max(1, Math.floor(times / 3)),
  );
  const common = {
    job: 'validate, first time',
    records: registry.records,
    mlc: found.mlc,
    mlcCommand: 'mlc validate',
  };
  const difference =
    'the schema of version records alone. mlc also checks models, gates and policy, what records contradict in themselves and each other, and says file, line and column.';
  return [
    { ...common, peer: 'ajv-cli', peerCommand: 'ajv validate', peerTiming: found.ajv, difference },
    {
      ...common,
      peer: 'check-jsonschema',
      peerCommand: 'check-jsonschema --schemafile',
      peerTiming: found.python,
      difference,
    },
  ];
}
