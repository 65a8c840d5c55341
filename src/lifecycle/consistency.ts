// What a single record must not contradict, beyond its schema.
import type { EvaluationGate, Model, VersionRecord } from '../generated/types.js';
import { methods } from './monitoring/method-table.js';
import { methodsNamed } from './monitoring/methods.js';
import { didYouMean } from './similarity.js';
import { samePerson } from './people.js';
import { type Problem, listOf, problem } from './problems.js';
import { isServing, currentShares } from './rollouts.js';
import { impliedStatus } from './stages.js';

/** A problem with the path of the key that it is about. */
export type PathProblem = Problem & { at: readonly (string | number)[] };

function at(path: readonly (string | number)[], code: string, message: string, hint?: string): PathProblem {
  return { ...problem(code, message, hint), at: path };
}

function approvalProblems(record: VersionRecord): PathProblem[] {
  const { approval } = record;
  const problems: PathProblem[] = [];
  const named = approval.approved_by === null ? [] : [approval.approved_by].flat();
  const serving = [...currentShares(record).values()].some(isServing);
  if (named.length === 0 && serving) {
    problems.push(
      at(
        ['deployment_history'],
        'record/unreviewed',
        'the version serves and nobody approved it',
        `mlc approve ${record.model_id}@${record.version}`,
      ),
    );
  }
  if (named.length > 0 && !approval.gate_passed) {
    problems.push(
      at(
        ['approval', 'gate_passed'],
        'record/gate-not-passed',
        'the version is approved and its gate did not pass',
        'nothing enters without its gate: reject it',
      ),
    );
  }
  if (named.some((person) => samePerson(person, record.registered_by))) {
    problems.push(
      at(
        ['approval', 'approved_by'],
        'record/own-version',
        `${record.registered_by} registered the version and approved it`,
        'another approver has to review it',
      ),
    );
  }
  if ((approval.approved_at === null) !== (approval.approved_by === null)) {
    problems.push(
      at(
        ['approval', 'approved_at'],
        'record/approval-incomplete',
        '"approved_by" and "approved_at" go together: both are set, or both are null',
        'fill in the one that is missing',
      ),
    );
  }
  return problems;
}

function timeProblems(record: VersionRecord): PathProblem[] {
  const problems: PathProblem[] = [];
  const last = new Map<string, string>();
  record.deployment_history.forEach((entry, index) => {
    const before = last.get(entry.env);
    if (before !== undefined && Date.parse(entry.deployed_at) < Date.parse(before)) {
      problems.push(
        at(
          ['deployment_history', index, 'deployed_at'],
          'record/time-order',
          `the deployment of ${entry.deployed_at} stands after the one of ${before}`,
          'oldest first',
        ),
      );
    }
    last.set(entry.env, entry.deployed_at);
  });
  const { deprecation } = record;
  if (deprecation && deprecation.notice_ends < deprecation.deprecated_at.slice(0, 10)) {
    problems.push(
      at(
        ['deprecation', 'notice_ends'],
        'record/time-order',
        'the notice ends before it begins',
        'a later day',
      ),
    );
  }
  return problems;
}

/** What a version record contradicts in itself. */
export function versionProblems(record: VersionRecord): PathProblem[] {
  const problems = [...approvalProblems(record), ...timeProblems(record)];
  const implied = impliedStatus(record);
  if (record.status !== undefined && record.status !== implied) {
    problems.push(
      at(
        ['status'],
        'record/status',
        `the status says ${record.status}; the other keys of the record say ${implied}`,
        `write status: ${implied}, or mend the other keys`,
      ),
    );
  }
  if (record.retirement && [...currentShares(record).values()].some(isServing)) {
    problems.push(
      at(
        ['retirement'],
        'record/retired-serving',
        'the version is retired and still takes traffic',
        'its last deployment has to say traffic_pct: 0',
      ),
    );
  }
  return problems;
}

/** What a gate contradicts in itself. */
export function gateFileProblems(gate: EvaluationGate): PathProblem[] {
  const problems: PathProblem[] = [];
  const seen = new Set<string>();
  gate.checks.forEach((check, index) => {
    const path = ['checks', index] as const;
    if (seen.has(check.id))
      problems.push(
        at([...path, 'id'], 'gate/duplicate-check', `two checks are called "${check.id}"`, 'rename one'),
      );
    seen.add(check.id);
    const compares = check.max_regression ?? check.min_improvement;
    if (compares && !gate.metrics[check.metric]) {
      problems.push(
        at(
          [...path, 'metric'],
          'gate/no-direction',
          `"metrics" does not say which way ${check.metric} is better`,
          `metrics: {${check.metric}: {better: higher}}`,
        ),
      );
    }
    if (compares && !gate.baseline) {
      problems.push(
        at(
          [...path],
          'gate/no-baseline',
          `${check.id} compares with a baseline and the gate names none`,
          'baseline: {version: production, on_missing: bootstrap}',
        ),
      );
    }
    if (check.max_gap && !check.slices) {
      problems.push(
        at(
          [...path, 'max_gap'],
          'gate/no-slices',
          'a gap is between slices, and the check has none',
          'slices: {by: PROPERTY}',
        ),
      );
    }
    if (check.between && (check.between[0] ?? 0) > (check.between[1] ?? 0)) {
      problems.push(
        at(
          [...path, 'between'],
          'gate/empty-range',
          'the range is empty: its lower end comes first',
          `between: [${check.between[1]}, ${check.between[0]}]`,
        ),
      );
    }
    if (check.min !== undefined && check.max !== undefined && check.min > check.max) {
      problems.push(
        at([...path, 'min'], 'gate/empty-range', '"min" is above "max", so nothing can pass', 'swap the two'),
      );
    }
  });
  (gate.waivers ?? []).forEach((waiver, index) => {
    if (!seen.has(waiver.check))
      problems.push(
        at(
          ['waivers', index, 'check'],
          'gate/unknown-check',
          `there is no check "${waiver.check}" to waive`,
          `checks are: ${[...seen].join(', ')}`,
        ),
      );
  });
  return problems;
}

/** A drift method that nobody knows, or that means two things. */
function methodProblems(model: Model): PathProblem[] {
  return (model.triggers ?? []).flatMap(({ method }, index) => {
    if (method === undefined) return [];
    const found = methodsNamed(method);
    if (found.length === 1) return [];
    const known = found.length > 1 ? found.map(({ id }) => id) : methods.map(({ id }) => id);
    return [
      at(
        ['triggers', index, 'method'],
        'trigger/method',
        found.length > 1
          ? `"${method}" means ${listOf(known, 'or')}, by the tool that says it`
          : `there is no drift method "${method}"`,
        found.length > 1
          ? `write one of them: ${known.join(', ')}`
          : (didYouMean(method, known) ?? known.join(', ')),
      ),
    ];
  });
}

/** What a model contradicts in itself. */
export function modelFileProblems(model: Model): PathProblem[] {
  const approvers = model.approvers.flatMap((person, index) =>
    person.includes('@')
      ? []
      : [
          at(
            ['approvers', index],
            'model/approver-without-address',
            `"${person}" names no address, and anyone can choose a name`,
            'write the address, or "Name <address>"',
          ),
        ],
  );
  return [...approvers, ...methodProblems(model)];
}
