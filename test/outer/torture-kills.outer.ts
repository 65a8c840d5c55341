// The torture program, with few kills: MLC_KILLS=1000 MLC_SEED=7. What it promises is in stress/torture.ts.
import { expect, test } from 'vitest';
import { torture } from './torture.js';

const kills = Number(process.env.MLC_KILLS ?? 60);

test(
  `${kills} kills at random points of real transitions: nothing is lost, nothing is half done`,
  () => {
    const { status, counts, said } = torture('--kills', String(kills), '--faults', '0', '--steps', '0');
    expect(status, said).toBe(0);
    expect(counts.kills).toBe(kills);
    expect(counts.landed ?? 0).toBeGreaterThan(0);
    expect(counts['not landed'] ?? 0).toBeGreaterThan(0);
    expect(counts.mended ?? 0).toBeGreaterThan(0);
  },
  kills * 10_000 + 120_000,
);
