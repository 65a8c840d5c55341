// The main job on real input: takes the example models through their lives in a registry in a temporary folder, printing
// each command and its answer.
import path from 'node:path';
import {
  approveTwice,
  commitMonitoringPlan,
  commitTrainingCode,
  editMetric,
  examples,
  folder,
  git,
  headOfFolder,
  mlc,
  model,
  program,
  recordWeek,
  registration,
  requestOfFolder,
  scene,
  storageFlags,
  until,
} from './demo-stage.js';

const no = ['--substantial-modification', 'no', '--modification-reason', 'same purpose, same population'];

scene(0, 'A registry, a model, and a gate agreed before training');
mlc(['init', folder, '--name', 'clinic-models']);
mlc([
  ...[
    'model',
    'add',
    model,
    '--title',
    'Tumour screening',
    '--owner',
    'Ada <ada@example.com>',
    '--risk',
    'high',
  ],
  ...[
    '--intended-use',
    'mark biopsies for a second look',
    '--approver',
    'grace@example.com',
    '--approver',
    'alan@example.com',
  ],
  ...['--gate', path.join(examples, 'gate.yaml')],
]);
commitTrainingCode();

scene(3, 'An overfitted model does not get in; a sound one does');
mlc(registration('overfitted'), 1);
mlc(registration('logistic'));
mlc(['approve', `${model}@1.0.0`], 1);
approveTwice('1.0.0');

scene(4, 'High risk: no live traffic before two weeks of shadow');
mlc(['deploy', `${model}@1.0.0`, '--env', 'production', '--pattern', 'blue-green'], 1);
mlc(['deploy', `${model}@1.0.0`, '--env', 'production']);
until(19);
mlc(['deploy', `${model}@1.0.0`, '--env', 'production', '--pattern', 'blue-green']);

scene(50, 'The same model, retrained on twice the data: a canary, then all');
mlc(registration('logistic-retrained', ...no));
approveTwice('1.1.0');
mlc(['deploy', `${model}@1.1.0`, '--env', 'production']);
until(55);
mlc(['ramp', `${model}@1.1.0`, '--env', 'production', '--traffic', '100', '-m', 'a week without surprises']);

scene(60, 'A lower threshold, rolled back when it only adds false alarms');
mlc(registration('logistic-threshold', ...no));
approveTwice('1.1.1');
mlc(['deploy', `${model}@1.1.1`, '--env', 'production']);
until(62);
mlc(['rollback', model, '--env', 'production', '-m', 'more false alarms, no more tumours found']);

scene(70, 'Another architecture: a MAJOR version, in shadow beside the old one');
mlc(
  registration(
    'gradient-boosted',
    '--substantial-modification',
    'yes',
    '--modification-reason',
    'other model family',
  ),
);
approveTwice('2.0.0');
mlc(['deploy', `${model}@2.0.0`, '--env', 'production']);
until(90);
mlc(['deploy', `${model}@2.0.0`, '--env', 'production', '--pattern', 'canary', '--traffic', '10']);
until(95);
mlc(['ramp', `${model}@2.0.0`, '--env', 'production', '--traffic', '100']);
mlc(['diff', `${model}@1.1.0`, '2.0.0']);

scene(98, 'What is watched is agreed before anything drifts');
commitMonitoringPlan();
mlc(['validate']);

scene(100, 'The first version ends: notice, and what still blocks its retirement');
mlc(['deprecate', `${model}@1.0.0`, '--successor', '2.0.0', '-m', 'superseded twice']);
mlc(['retire', `${model}@1.0.0`], 1);

scene(102, 'Two calm weeks: what the tools measured is recorded, one commit each');
recordWeek('2.0.0', 'week-1-calm', 398);
until(109);
recordWeek('2.0.0', 'week-2-calm', 398);
mlc(['triggers', model]);

scene(116, 'A new scanner: the inputs drift before quality gives way');
recordWeek('2.0.0', 'week-3-new-scanner', 398);
const week3 = path.join(examples, 'production', 'week-3-new-scanner');
const files = [
  '--reference',
  path.join(week3, 'reference.parquet'),
  '--current',
  path.join(week3, 'current.parquet'),
];
mlc(['drift', model, ...files], 1);
mlc(['triggers', model], 1);
const trainedWith = headOfFolder();
const retraining = [
  ...['retrain', model, '--trigger', 'drift-threshold', '--dataset', 'breast-cancer-train@v3'],
  ...['--seed', '17', '--commit', trainedWith],
];
mlc([...retraining, '-m', 'train again with tumours measured by the new scanner']);
mlc(retraining);
mlc(['triggers', model]);

scene(123, 'The scanner is everywhere: quality gives way, and the retrained version is ready');
recordWeek('2.0.0', 'week-4-new-scanner-everywhere', 398);
mlc(['triggers', model], 1);
mlc(
  registration('gradient-boosted-retrained', ...no, '--commit', trainedWith, '--request', requestOfFolder()),
);
mlc(['retrain', model, '--status']);
approveTwice('2.1.0');
mlc([
  ...['deploy', `${model}@2.1.0`, '--env', 'production'],
  ...['-m', 'accuracy 0.98 on the tumours of this week, where 2.0.0 has 0.93'],
]);
until(125);
mlc([
  'ramp',
  `${model}@2.1.0`,
  '--env',
  'production',
  '--traffic',
  '100',
  '-m',
  'two days without surprises',
]);
mlc(['deprecate', `${model}@2.0.0`, '--successor', '2.1.0', '-m', 'does not know the new scanner']);

scene(132, 'A calm week again');
recordWeek('2.1.0', 'week-5-retrained', 597);
mlc(['triggers', model]);

scene(140, 'The notice is over: the first version retires, with everything kept');
mlc([
  'retire',
  `${model}@1.0.0`,
  ...storageFlags('1.0.0'),
  '--compliance-confirmed-by',
  'Grace <grace@example.com>',
]);

scene(145, 'A metric edited by hand does not merge; the audit replays everything');
git(['switch', '--quiet', '--create', 'better-numbers']);
editMetric('2.0.0', 'recall.malignant', 1);
git(['commit', '--quiet', '--all', '--message', 'Correct a number']);
mlc(['check', '--base', 'main'], 1);
git(['switch', '--quiet', 'main']);
mlc(['audit']);

scene(150, 'Where everything stands');
mlc(['due']);
mlc(['health'], 1);
mlc(['show', `${model}@production`]);
mlc(['validate']);
mlc(['list']);
mlc(['history']);
process.stdout.write(
  `\nThe registry is in ${folder}. Go on by hand:\n\n  cd ${folder}\n  alias mlc='node ${program}'\n  mlc --help\n`,
);
