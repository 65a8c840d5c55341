// Crowds on one registry: --writers 8 --transitions 100 in one clone, --clones 4 --pushes 50 through one remote.
import { rm } from 'node:fs/promises';
import { closeCampaign, openCampaign } from './campaign.js';
import { besideOthers } from './crowd/beside-others.js';
import { inOneClone } from './crowd/in-one-clone.js';
import { openSetting } from './crowd/setting.js';
import { starved } from './crowd/starved.js';
import { throughRemote } from './crowd/through-remote.js';

const campaign = openCampaign('crowd', {
  writers: 8,
  transitions: 100,
  beside: 25,
  starved: 5,
  clones: 4,
  pushes: 50,
});
const setting = await openSetting(campaign);

/** Tells what is wrong, and where to look at it. */
function tell(part: string, faults: readonly string[]): void {
  const said = faults.slice(0, 20).map((fault) => `  ${fault}\n`);
  const more = faults.length > 20 ? `  and ${faults.length - 20} more\n` : '';
  process.stdout.write(
    `${part}: ${faults.length} faults, seed ${campaign.seed}, kept in ${setting.folder}\n`,
  );
  process.stdout.write(said.join('') + more);
}

const parts = [
  { part: inOneClone, turns: campaign.numbers.transitions },
  { part: besideOthers, turns: campaign.numbers.beside },
  { part: starved, turns: campaign.numbers.starved },
  { part: throughRemote, turns: campaign.numbers.pushes },
];
let failed = false;
for (const { part } of parts.filter(({ turns }) => turns !== 0)) {
  process.stderr.write(`${part.name}
`);
  const faults = await part(setting).catch((error: unknown) => [String((error as Error).stack)]);
  if (faults.length > 0) tell(part.name, faults);
  failed ||= faults.length > 0;
}
closeCampaign(campaign);
if (failed) process.exitCode = 1;
else await rm(setting.folder, { recursive: true, force: true });
