// Mutated inputs for every reader, then random lives held against a small reference: no crash, no hang, no wrong answer.
import { closeCampaign, openCampaign } from './campaign.js';
import { runInputs } from './fuzz/campaign-inputs.js';
import { runLives } from './fuzz/lives.js';

const campaign = openCampaign('fuzz', { inputs: 10_000, sequences: 500, input: 0 });
const { inputs = 0, sequences = 0, input = 0 } = campaign.numbers;
if ((inputs > 0 || input > 0) && !(await runInputs(campaign))) process.exitCode = 1;
if (sequences > 0 && input === 0) {
  try {
    await runLives(campaign);
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
closeCampaign(campaign);
