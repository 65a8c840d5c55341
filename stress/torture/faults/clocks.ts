// Clocks that run backward: what is dated too early is warned of, and the audit agrees.
import { type Arena, mlc, mustDo } from '../arena.js';
import { promise } from '../complain.js';
import { holding, promiseWorks, refused } from './expect.js';
import type { Fault } from './fault.js';

const at = (arena: Arena, secondsBack: number): { env: Record<string, string> } => ({
  env: { GIT_COMMITTER_DATE: `@${arena.clock - secondsBack} +0000` },
});

export const clockFaults: Fault[] = [
  {
    name: 'a clock that is a month late',
    kind: 'plain',
    meet: async (arena) => {
      for (const more of [['--dry-run'], []]) {
        const ended = await mlc(arena, [...holding().args, ...more], at(arena, 30 * 86_400));
        promise(ended.code === 0 && /the clock says/.test(ended.said), 'it is not warned of', ended.said);
      }
      const audit = await mlc(arena, ['audit']);
      promise(audit.code === 1 && /dated/.test(audit.said), 'the audit does not agree', audit.said);
      await promiseWorks(arena);
      return undefined;
    },
  },
  {
    name: 'a clock that is some hours late',
    kind: 'plain',
    meet: async (arena) => {
      for (const hours of [1, 6, 20]) {
        const ended = await mlc(arena, holding(`${hours} h late.`).args, at(arena, hours * 3600));
        promise(ended.code === 0 || ended.code === 1, `it exited ${ended.code}`, ended.said);
        await mustDo(arena, ['audit']);
      }
      await promiseWorks(arena);
      return undefined;
    },
  },
  {
    name: 'a date that is none',
    kind: 'plain',
    meet: async (arena) => {
      await refused(arena, /date/, { env: { GIT_COMMITTER_DATE: 'yesterday-ish' } });
      await promiseWorks(arena);
      return undefined;
    },
  },
];
