// Inputs for whole calls: files of a registry, files that are handed in, files in .git/mlc, hooks, and command lines.
import { oneOf } from '../campaign.js';
import { randomArgv } from './argv.js';
import { type Maker, call, mutated, withJson, words } from './call-making.js';
import { hookFile, journal, kept } from './calls-private.js';
import { hostileDates } from './hostile-words.js';
import { hostileText, wellFormed } from './hostile.js';
import { chance } from './random.js';

const reading: readonly string[] = [
  ...[
    'list',
    'list churn',
    'show churn@1.0.0',
    'show churn@latest',
    'show churn@1.1.0 --notice',
    'history',
    'history churn',
  ],
  ...[
    'diff churn@1.0.0 1.1.0',
    'inventory --as-of 2026-03-10',
    'health',
    'health --format html',
    'due',
    'triggers',
    'triggers churn',
  ],
  ...[
    'resolve churn --env production',
    'validate',
    'validate --staged',
    'doctor',
    'audit',
    'check --base HEAD~1',
    'retrain churn --status',
  ],
];
const writing: readonly string[] = [
  ...[
    'approve churn@1.2.0',
    'reject churn@1.2.0 -m no',
    'deploy churn@1.1.0 --env staging --pattern blue-green',
    'rollback churn --env production',
  ],
  ...[
    'ramp churn@1.1.0 --env production --traffic 50 -m calm',
    'deprecate churn@1.0.0 --successor 1.1.0 -m old',
    'hold churn@1.0.0 -m inquiry',
  ],
  ...[
    'release churn@1.1.0 -m over',
    'review churn@1.0.0 --until 2027-06-01 -m fine',
    'retire churn@1.0.0 --withdraw -m unlawful',
  ],
  ...[
    'event churn --type upstream-change --base-model llama@3',
    'incident close churn -m solved',
    'retrain churn --trigger calendar -m now',
  ],
];

const recordKinds = [
  'config',
  'model',
  'gate',
  'version',
  'report',
  'event',
  'request',
  'incident',
  'profile',
];

/** A file of the registry, committed, staged or only there. */
const registryFile: Maker = (random, corpus) => {
  const seeds = recordKinds
    .flatMap((kind) => corpus.get(kind) ?? [])
    .filter(({ name }) => /^(mlc\.yaml|models\/)/.test(name));
  const seed = oneOf(random, seeds);
  const { bytes, how } = mutated(random, corpus, seed);
  const commit = chance(random, 0.7);
  const line = commit
    ? oneOf(random, chance(random, 0.65) ? reading : writing)
    : oneOf(random, ['validate', 'validate', 'doctor', 'list', 'approve churn@1.2.0']);
  return {
    surface: commit ? 'committed-file' : 'working-file',
    how: [...how, line],
    call: call(withJson(random, words(line)), { files: new Map([[`registry/${seed.name}`, bytes]]), commit }),
  };
};

const signersFile: Maker = (random, corpus) => {
  const seed = oneOf(random, corpus.get('signers') ?? []);
  const { bytes, how } = mutated(random, corpus, seed);
  const line = oneOf(random, ['audit', 'doctor', 'approve churn@1.2.0', 'check --base HEAD~1', 'validate']);
  const files = new Map([['registry/.mlc/allowed_signers', bytes]]);
  return {
    surface: 'signers-file',
    how: [...how, line],
    call: call(withJson(random, words(line)), { files, commit: true }),
  };
};

interface HandIn {
  kind: string;
  ending: string;
  lines: readonly string[];
}

const week = '--window 2026-03-09..2026-03-15 --reference-samples 5000 --current-samples 900';
const handIns: readonly HandIn[] = [
  {
    kind: 'evidence',
    ending: '.yaml',
    lines: ['register churn --change retraining --from FILE', 'register churn --from FILE --dry-run'],
  },
  {
    kind: 'results',
    ending: '.json',
    lines: [
      'gate churn --results FILE',
      'gate churn --results FILE --baseline-results FILE',
      'register churn --change retraining --results FILE',
    ],
  },
  {
    kind: 'tool-report',
    ending: '',
    lines: [
      `monitor churn@1.0.0 --signal input-drift --report FILE ${week}`,
      `monitor churn@1.0.0 --signal quality --report FILE ${week}`,
      'monitor churn@1.0.0 --report FILE',
    ],
  },
  {
    kind: 'table',
    ending: '',
    lines: [
      'drift churn@1.0.0 --reference FILE --current FILE',
      'drift churn@1.0.0 --current FILE',
      'drift churn@1.0.0 --reference FILE --current FILE --save-profile',
    ],
  },
  { kind: 'retirement', ending: '.yaml', lines: ['retire churn@1.0.0 --from FILE'] },
  {
    kind: 'gate',
    ending: '.yaml',
    lines: [
      'model add other --owner ada@example.com --intended-use x --risk high --approver grace@example.com --gate FILE',
    ],
  },
  { kind: 'profile', ending: '.yaml', lines: ['drift churn@1.0.0 --profile FILE --current FILE'] },
];

/** A file that is handed in. */
const handIn: Maker = (random, corpus) => {
  const { kind, ending, lines } = oneOf(random, handIns);
  const seed = oneOf(random, corpus.get(kind) ?? []);
  const { bytes, how } = mutated(random, corpus, seed);
  const name = `in${ending === '' ? (/\.\w+$/.exec(seed.name)?.[0] ?? '.json') : ending}`;
  const line = oneOf(random, lines);
  const argv = words(line).map((word) => (word === 'FILE' ? `../input/${name}` : word));
  return {
    surface: 'hand-in',
    how: [...how, line],
    call: call(withJson(random, argv), { files: new Map([[`input/${name}`, bytes]]) }),
  };
};

const variables = [
  'GIT_COMMITTER_DATE',
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_COMMITTER_NAME',
  'MLC_REGISTRY',
  'NO_COLOR',
  'TERM',
];

/** The command line itself, and the few variables that are read. */
const commandLine: Maker = async (random, corpus) => {
  const argv = await randomArgv(random);
  const env: Record<string, string> = {};
  if (chance(random, 0.12)) {
    const name = oneOf(random, variables);
    env[name] = wellFormed(
      name.endsWith('DATE') ? oneOf(random, hostileDates) : hostileText(random).slice(0, 5000),
    ).replaceAll('\0', '');
  }
  const seed = oneOf(random, corpus.get(oneOf(random, ['evidence', 'results', 'tool-report'])) ?? []);
  const files = new Map([
    ['input/input.yaml', seed.bytes],
    ['input/input.json', seed.bytes],
  ]);
  return {
    surface: 'command-line',
    how: [],
    call: call(argv, {
      env,
      files,
      ...(argv.some((word) => /^(health|check|export)$/.test(word)) ? { mayChange: /^[^/]*$/ } : {}),
    }),
  };
};

/** The kinds of calls, by weight. */
export const calls: readonly { weight: number; make: Maker }[] = [
  { weight: 12, make: registryFile },
  { weight: 2, make: signersFile },
  { weight: 8, make: handIn },
  { weight: 3, make: journal },
  { weight: 3, make: kept },
  { weight: 3, make: hookFile },
  { weight: 12, make: commandLine },
];
