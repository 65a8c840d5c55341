// mlc validate and mlc audit tell no credential of a model's file, wherever the finding gets its place from.
import { expect, test } from 'vitest';
import { copyOf } from './support.js';
import { soon, watchedWorld } from './watch-scene.js';

const token = `glpat-${'a'.repeat(20)}`;
const handOvers = [
  `{to: gitlab, gitlab: {host: "https://gitlab.com", token_env: ${token}}}`,
  `{to: gitlab, gitlab: {project: a/b, ref: main, token_env: ${token}}}`,
  `{to: print, parameters: {${token}: x, seed: ${token}}}`,
  `{to: ${token}}`,
  `{to: [}, ${token}`,
];

test('no line, message or path holds it', async () => {
  const template = await watchedWorld();
  for (const handOver of handOvers) {
    const world = await copyOf(template);
    const text = await world.read('models/churn/model.yaml');
    await world.write('models/churn/model.yaml', `${text}retraining: {hand_over: ${handOver}}\n`);
    world.git('commit', '--no-verify', '-qam', 'settings');
    const said = await world.json(['validate'], soon);
    expect(said.code).not.toBe(0);
    expect(JSON.stringify(said.data)).toContain('models/churn/model.yaml');
    expect(JSON.stringify(said)).not.toContain(token);
    const shown = await world.mlc(['validate'], { ...soon, terminal: 100 });
    expect(shown.stdout + shown.stderr).not.toContain('glpat-aaaa');
    const audited = await world.mlc(['audit', '--json'], soon);
    expect(audited.stdout).toContain('models/churn/model.yaml');
    expect(audited.stdout + audited.stderr).not.toContain(token);
    const refused = await world.mlc(['retrain', 'churn'], soon);
    expect(refused.stdout + refused.stderr).not.toContain(token);
  }
});
