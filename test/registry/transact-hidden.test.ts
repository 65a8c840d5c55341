// Changes that git was told not to show are the user's all the same: no transition overwrites them.
import { expect, test } from 'vitest';
import { approvedVersion, registryWorld } from '../support/world.js';

const record = 'models/churn/versions/1.0.0.yaml';

test.each(['assume-unchanged', 'skip-worktree'])(
  'a record marked %s with changes is refused',
  async (flag) => {
    const world = await registryWorld();
    await approvedVersion(world);
    world.git('update-index', `--${flag}`, record);
    const mine = `${await world.read(record)}# mine\n`;
    await world.write(record, mine);
    const said = await world.mlc(['review', 'churn@1.0.0']);
    expect(said).toMatchObject({ code: 1 });
    expect(said.stderr).toContain(`since it is marked ${flag}`);
    expect(said.stderr).toContain(`git update-index --no-${flag} ${record}`);
    expect(await world.read(record)).toBe(mine);
  },
);

test.each(['assume-unchanged', 'skip-worktree'])(
  'a record marked %s without changes is no obstacle',
  async (flag) => {
    const world = await registryWorld();
    await approvedVersion(world);
    world.git('update-index', `--${flag}`, record);
    expect(await world.mlc(['review', 'churn@1.0.0'])).toMatchObject({ code: 0 });
  },
);
