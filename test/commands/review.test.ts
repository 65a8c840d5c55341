// mlc review, deprecate and reinstate: how long a version lives, and the notice of its end.
import { beforeAll, describe, expect, test } from 'vitest';
import type { World } from '../support/world.js';
import { now, servingWorld } from './stages.js';
import { type ErrorAnswer, codesOf, commits, copyOf } from './support.js';

let base: World;
beforeAll(async () => {
  base = await servingWorld();
});
const at = now;
const first = 'churn@1.0.0';

describe('review', () => {
  test('keeps the target, or moves it with a reason', async () => {
    const world = await copyOf(base);
    expect(await world.ok(['review', first], { at })).toContain('target kept at 2027-03-02');
    const { data } = await world.json(['review', first, '--until', '2026-12-01', '-m', 'no drift'], { at });
    expect(data).toMatchObject({ previous_target: '2027-03-02', deprecation_target: '2026-12-01' });
    const text = await world.read('models/churn/versions/1.0.0.yaml');
    for (const part of ['decision: keep', 'decision: retarget', 'no drift']) expect(text).toContain(part);
  });

  test('a new target without a reason, or one that is over, is refused', async () => {
    const none = await base.json<ErrorAnswer>(['review', first, '--until', '2026-12-01'], { at });
    expect(codesOf(none.data)).toEqual(['reason/missing']);
    const past = await base.json<ErrorAnswer>(['review', first, '--until', '2026-01-01', '-m', 'x'], { at });
    expect(past.code).toBe(1);
    expect(codesOf(past.data)).toEqual(['review/past']);
  });

  test.each(['soon', '2026-13-01', '2026-02-30', '1.12.2026', '2026-12-01T00:00:00Z'])(
    '--until %s is no day: exit 2',
    async (until) => {
      const said = await base.mlc(['review', first, '--until', until, '-m', 'x'], { at });
      expect(said.stderr).toContain('YYYY-MM-DD');
      expect(said.code).toBe(2);
    },
  );

  test('--dry-run commits nothing', async () => {
    const before = commits(base);
    expect((await base.mlc(['review', first, '--dry-run'], { at })).stdout).toContain(
      'nothing was committed',
    );
    expect(commits(base)).toBe(before);
  });
});

describe('deprecate', () => {
  test('gives the notice that policy asks for, warns of traffic, and says whom to tell', async () => {
    const world = await copyOf(base);
    const said = await world.mlc(['deprecate', first, '--successor', 'churn@1.1.0'], { at, terminal: 100 });
    expect(said.code).toBe(0);
    expect(said.stdout).toContain('notice until 2026-04-02, successor 1.1.0');
    expect(said.stderr).toContain('still serves in production');
    expect(said.stderr).toContain('mlc show churn@1.0.0 --notice');
  });

  test('without successor and without a reason it is refused, with both ways and an earlier review', async () => {
    const said = await base.mlc(['deprecate', first], { at });
    expect(said.code).toBe(1);
    for (const part of ['--successor', '--without-successor', 'mlc review churn@1.0.0 --until'])
      expect(said.stderr).toContain(part);
  });

  test.each([
    [['--successor', '9.9.9'], 2, 'deprecate/unknown-successor'],
    [['--successor', '1.0.0'], 1, 'deprecate/own-successor'],
    [['--successor', '1.1.0', '--without-successor', 'x'], 2, 'input/successor'],
    [['--successor', '1.1.0', '--notice-until', '2026-03-10'], 1, 'deprecate/notice-too-short'],
    [['--successor', '1.1.0', '--notice-until', 'soon'], 2, 'date/form'],
  ])('%j is refused', async (more, code, problem) => {
    const answer = await base.json<ErrorAnswer>(['deprecate', first, ...more], { at });
    expect(codesOf(answer.data)).toContain(problem);
    expect(answer.code).toBe(code);
  });

  test('a successor of another model is not taken for one of this', async () => {
    const { code } = await base.json(['deprecate', first, '--successor', 'fraud@1.1.0', '--dry-run'], { at });
    expect(code).not.toBe(0);
  });

  test('twice is refused', async () => {
    const world = await copyOf(base);
    await world.ok(['deprecate', first, '--successor', '1.1.0'], { at });
    const { code, data } = await world.json<ErrorAnswer>(['deprecate', first, '--successor', '1.1.0'], {
      at,
    });
    expect(code).toBe(1);
    expect(codesOf(data)).toEqual(['status/not-allowed']);
  });
});

describe('reinstate', () => {
  test('takes a deprecation back: deployed where it serves, approved where it does not', async () => {
    const world = await copyOf(base);
    await world.ok(['deprecate', first, '--successor', '1.1.0'], { at });
    await world.ok(['deprecate', 'churn@1.1.0', '--without-successor', 'x'], { at });
    const serving = await world.json(['reinstate', first, '-m', 'not yet'], { at });
    expect(serving.data).toMatchObject({ from: 'deprecated', to: 'deployed' });
    const idle = await world.json(['reinstate', 'churn@1.1.0', '-m', 'not yet'], { at });
    expect(idle.data).toMatchObject({ from: 'deprecated', to: 'approved' });
    expect((await world.mlc(['validate'])).code).toBe(0);
  });

  test('needs a deprecation and a reason; both are told', async () => {
    const { code, data } = await base.json<ErrorAnswer>(['reinstate', first], { at });
    expect(code).toBe(1);
    expect(codesOf(data)).toEqual(expect.arrayContaining(['reason/missing', 'status/not-allowed']));
  });
});
