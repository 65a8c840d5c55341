// Attacks on the ledger: files that are written once, and what was recorded of requests and incidents.
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import { type Attack, type Scene, expectAttackCaught, then } from './attack-world.js';
import { ledger, registryWithLedger } from './ledger-world.js';
import { reportPath } from './ledger-work.js';

let past: Awaited<ReturnType<typeof registryWithLedger>>;
let requestFile = '';
beforeAll(async () => {
  past = await registryWithLedger();
  ({ requestFile } = past);
});

const full = (scene: Scene, file: string): string => path.join(scene.folder, file);

/** An attack that both check and audit name, on the commit `x`. */
function attack(
  name: string,
  code: string,
  says: RegExp,
  file: string | (() => string),
  act: (scene: Scene) => Promise<unknown>,
): [string, () => Attack] {
  return [
    name,
    () => {
      const expected = { code, says, file: typeof file === 'string' ? file : file(), commit: 'x' };
      return {
        name,
        act: async (scene) => {
          await act(scene);
          scene.commit('x');
        },
        check: expected,
        audit: expected,
      };
    },
  ];
}

const theRequest = (): string => requestFile;

const attacks: [string, () => Attack][] = [
  attack('a value of a report is edited', 'ledger/immutable', /report was changed/, ledger.report, (scene) =>
    scene.edit(ledger.report, 'value: 0.31', 'value: 0.13'),
  ),
  attack('a comment of a report is edited', 'ledger/immutable', /written once/, ledger.report, (scene) =>
    scene.edit(ledger.report, /$/, '# fine\n'),
  ),
  attack('an event is edited', 'ledger/immutable', /event was changed/, ledger.event, (scene) =>
    scene.edit(ledger.event, 'revision: "7"', 'revision: "6"'),
  ),
  attack('a report is deleted', 'record/deleted', /the report was deleted/, ledger.report, (scene) =>
    rm(full(scene, ledger.report)),
  ),
  attack('an event is deleted', 'record/deleted', /the event was deleted/, ledger.event, (scene) =>
    rm(full(scene, ledger.event)),
  ),
  attack('a request is deleted', 'record/deleted', /the request was deleted/, theRequest, (scene) =>
    rm(full(scene, requestFile)),
  ),
  attack('an incident is deleted', 'record/deleted', /the incident was deleted/, ledger.incident, (scene) =>
    rm(full(scene, ledger.incident)),
  ),
  attack('a profile is deleted', 'record/deleted', /the profile was deleted/, ledger.profile, (scene) =>
    rm(full(scene, ledger.profile)),
  ),
  attack('a report is renamed', 'record/renamed', /renamed to .*20260303T000000Z/, ledger.report, (scene) =>
    rename(full(scene, ledger.report), full(scene, reportPath(3))),
  ),
  attack('a renamed report names another window', 'record/path', /belongs into/, reportPath(3), (scene) =>
    rename(full(scene, ledger.report), full(scene, reportPath(3))),
  ),
  attack(
    "a report is copied into another version's folder",
    'record/path',
    /belongs into 1\.0\.0/,
    reportPath(4, '1.1.0'),
    async (scene) => scene.write(reportPath(4, '1.1.0'), await scene.read(ledger.report)),
  ),
  attack(
    'an attempt is turned from unknown to accepted',
    'record/altered',
    /attempts\[0\]\.outcome was "unknown" and is "accepted"/,
    theRequest,
    (scene) => scene.edit(requestFile, 'outcome: unknown', 'outcome: accepted'),
  ),
  attack('an attempt is taken out', 'record/altered', /attempts was .* and is gone/, theRequest, (scene) =>
    scene.edit(requestFile, /attempts:\n(?: .*\n)+/, ''),
  ),
  attack('causes are rewritten', 'record/altered', /causes\[0\]\.message was/, theRequest, (scene) =>
    scene.edit(requestFile, 'is 0.31', 'is 0.91'),
  ),
  attack('the reason of a request is rewritten', 'record/altered', /reason was/, theRequest, (scene) =>
    scene.edit(requestFile, 'tenure shifted', 'no reason'),
  ),
  attack('another data snapshot under the same id', 'record/path', /belongs into/, theRequest, (scene) =>
    scene.edit(requestFile, 'train@v9', 'train@v8'),
  ),
  attack('a request is closed by hand', 'record/altered', /closed was added/, theRequest, (scene) =>
    scene.edit(
      requestFile,
      /$/,
      `closed:\n  at: "${then}"\n  by: Ada <ada@example.com>\n  outcome: registered\n  version: 1.1.0\n`,
    ),
  ),
  attack('the clock of an incident is moved', 'record/altered', /report_by was/, ledger.incident, (scene) =>
    scene.edit(ledger.incident, /report_by: .*/, 'report_by: "2027-01-01"'),
  ),
  attack('when it was known is moved', 'record/altered', /aware_at was/, ledger.incident, (scene) =>
    scene.edit(ledger.incident, /aware_at: .*/, 'aware_at: "2026-03-04T09:00:00Z"'),
  ),
  attack('its severity is lowered', 'record/altered', /severity was/, ledger.incident, (scene) =>
    scene.edit(ledger.incident, 'severity: serious', 'severity: minor'),
  ),
  attack('its versions are others', 'record/altered', /versions\[0\] was/, ledger.incident, (scene) =>
    scene.edit(ledger.incident, '- "1.1.0"', '- "1.2.0"'),
  ),
  attack('its versions are emptied', 'schema/value', /versions/, ledger.incident, (scene) =>
    scene.edit(ledger.incident, /versions:\n(?: .*\n)+/, 'versions: []\n'),
  ),
  attack('it is told to be reported', 'record/altered', /reported was added/, ledger.incident, (scene) =>
    scene.edit(
      ledger.incident,
      /$/,
      `reported:\n  at: "${then}"\n  by: Ada <ada@example.com>\n  reference: x\n`,
    ),
  ),
  attack('it is closed by hand', 'incident/unreported', /has to be reported/, ledger.incident, (scene) =>
    scene.edit(ledger.incident, /$/, `closed:\n  at: "${then}"\n  by: Ada <ada@example.com>\n  reason: x\n`),
  ),
  attack('a profile is edited', 'commit/by-hand', /profile of churn@1\.0\.0/, '', (scene) =>
    scene.edit(ledger.profile, '100 100 100', '50 200 50'),
  ),
  attack('a report is a link', 'path/symlink', /symbolic link/, reportPath(9), async (scene) =>
    symlink('20260304T000000Z-input-drift.yaml', full(scene, reportPath(9))),
  ),
  attack('a report becomes a link', 'path/symlink', /symbolic link/, ledger.report, async (scene) => {
    await rm(full(scene, ledger.report));
    await symlink('/etc/hostname', full(scene, ledger.report));
  }),
  attack('an incident becomes a link', 'path/symlink', /symbolic link/, ledger.incident, async (scene) => {
    await rm(full(scene, ledger.incident));
    await symlink('x', full(scene, ledger.incident));
  }),
  ...(
    [
      'monitoring/latest/20260304T000000Z-input-drift.yaml',
      'monitoring/1.0.0/old/20260304T000000Z-input-drift.yaml',
      'monitoring/1.0.0/20260304-input-drift.yaml',
      'monitoring/1.0.0/20260304T000000Z-mood.yaml',
      'monitoring/20260304T000000Z-input-drift.yaml',
      'monitoring/1.0.0/20260304T000000Z-input-drift.yml',
      'profiles/1.0.0.yaml',
      'events/2026/x.yaml',
    ] as const
  ).map((name) =>
    attack(
      `a file called ${name}`,
      'path/unknown',
      /is called|has model\.yaml/,
      `models/churn/${name}`,
      async (scene) => {
        await mkdir(path.dirname(full(scene, `models/churn/${name}`)), { recursive: true });
        await scene.write(`models/churn/${name}`, await scene.read(ledger.report));
      },
    ),
  ),
];

describe('by hand', () => {
  test.each(attacks)('%s', (_name, made) => {
    const known = made();
    const [check, audit] = [known.check, known.audit].map((expected) => {
      const only = [expected].flat()[0];
      if (!only) return [];
      const { file, ...rest } = only;
      return [file === '' ? rest : only];
    });
    return expectAttackCaught(past, { ...known, check: check ?? [], audit: audit ?? [] });
  });
});
