// mlc model add: adds a model and its evaluation gate.
import type { Model } from '../generated/types.js';
import { addModel, readGateFile } from '../registry/start.js';
import { open } from './answers.js';
import { distinctPeople } from '../lifecycle/people.js';
import { compact } from '../lifecycle/edits.js';
import path from 'node:path';
import { startAnswer } from './answers.js';
import { type Command, reasonOf, settingsOf, text, texts, word } from './command.js';

export const command: Command = {
  description:
    'Adds a model: who answers for it, what it is for, its risk class and its approvers, and an evaluation gate to fill in. Change the gate and commit it before training: a gate that is younger than the training refuses the version.',
  arguments: [{ name: 'model', description: 'the id of the model, as churn or fraud-detection' }],
  options: [
    { flags: '--owner <person>', description: 'who answers for the model', required: true },
    {
      flags: '--intended-use <text>',
      description: 'a task that the model is approved for',
      many: true,
      required: true,
    },
    {
      flags: '--risk <class>',
      description: 'the risk class under the EU AI Act',
      choices: ['minimal', 'limited', 'high', 'prohibited'],
      required: true,
    },
    {
      flags: '--approver <person>',
      description: 'who may approve versions: an address, or "Name <address>"',
      many: true,
      required: true,
    },
    { flags: '--title <text>', description: 'what people call the model; the id where it is left out' },
    { flags: '--business-owner <person>', description: 'who answers for what it is used for' },
    { flags: '--out-of-scope <text>', description: 'a use that is not approved', many: true },
    { flags: '--task <task>', description: 'the kind of task, as binary-classification' },
    {
      flags: '--kind <kind>',
      description: 'whether it predicts or generates',
      choices: ['predictive', 'generative'],
    },
    { flags: '--gate <file>', description: 'a gate to start with, in place of the template' },
  ],
  examples: [
    'mlc model add churn --owner "Ada <ada@example.com>" --intended-use "rank customers by risk of leaving" --risk limited --approver grace@example.com',
  ],
  commits: true,
  run: async (session, input) => {
    const registry = await open(session);
    const id = word(input, 'model');
    const outOfScope = texts(input, 'outOfScope');
    const model: Model = compact({
      schema: 'mlc/model@1' as const,
      model_id: id,
      title: text(input, 'title') ?? id,
      owner: text(input, 'owner') ?? '',
      business_owner: text(input, 'businessOwner'),
      intended_use: compact({
        tasks: texts(input, 'intendedUse'),
        out_of_scope: outOfScope.length > 0 ? outOfScope : undefined,
      }),
      task: text(input, 'task'),
      kind: (text(input, 'kind') ?? 'predictive') as Model['kind'],
      eu_ai_act_risk_class: text(input, 'risk') as Model['eu_ai_act_risk_class'],
      approvers: distinctPeople(texts(input, 'approver')),
    });
    const gateFile = text(input, 'gate');
    const gate = gateFile === undefined ? undefined : await readGateFile(path.resolve(session.cwd, gateFile));
    const outcome = await addModel(registry, model, gate, reasonOf(input), settingsOf(input));
    if (model.eu_ai_act_risk_class === 'high' && model.approvers.length < 2) {
      session.note({
        code: 'model/too-few-approvers',
        message: 'a high-risk version needs two approvals by default, and there is one approver',
        hint: `add one under "approvers" in models/${id}/model.yaml`,
      });
    }
    const next =
      gate === undefined
        ? [`edit models/${id}/gate.yaml and commit it`, `mlc register ${id} --help`]
        : [`mlc gate ${id} --results FILE`, `mlc register ${id} --help`];
    return startAnswer('model-add', `model ${id}`, outcome, { model: id }, next);
  },
};
