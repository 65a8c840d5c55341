// Kills the built program at random moments of real transitions, and asks each time what is left: npm run torture -- --kills N.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeCampaign, openCampaign } from './campaign.js';
import { meetFaults } from './torture/faults/run.js';
import { killAtRandom } from './torture/kills.js';
import { copyProgram } from './torture/program.js';
import { disturbSteps } from './torture/steps.js';
import { makeOrigin } from './torture/worlds.js';

const campaign = openCampaign('torture', { kills: 1000, faults: 1, steps: 1, calls: 0 });
const runFolder = mkdtempSync(path.join(tmpdir(), 'mlc-torture-'));
try {
  const program = copyProgram(path.join(runFolder, 'program'));
  const origin = await makeOrigin(runFolder, program);
  if (campaign.numbers.faults) await meetFaults(campaign, origin, runFolder);
  if (campaign.numbers.steps || campaign.numbers.calls) await disturbSteps(campaign, origin, runFolder);
  await killAtRandom(campaign, origin, runFolder);
  rmSync(runFolder, { recursive: true, force: true });
} catch (error) {
  const told: string[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) told.push(cause.message);
  process.stderr.write(`seed ${campaign.seed}: ${told.join(':\n')}\nkept: ${runFolder}\n`);
  process.exitCode = 1;
}
closeCampaign(campaign);
