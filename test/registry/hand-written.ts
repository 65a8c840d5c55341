// A version record as a person writes it by hand: the required keys alone, as DESIGN section 2 lists them.

export const handWritten = `# Written by hand.
model_id: churn
version: "1.0.0"
registered_at: "2026-01-10T09:00:00Z"
registered_by: Ada Lovelace <ada@example.com>
parent_run_id: runs:/4f1c
dataset_version: churn-train@v1
training_commit: a1b2c3d4e5f60718293a4b5c6d7e8f9001122334

evaluation_results:
  evaluation_dataset: churn-golden@v1
  accuracy: 0.93   # on the whole set
  f1_macro: 0.9
  calibration: null
approval:
  gate_passed: true
  approved_by: Grace Hopper <grace@example.com>
  approved_at: "2026-01-11T09:00:00Z"
compliance:
  gdpr_status: assessed
  eu_ai_act_risk_class: limited
  soc2_evidence_id: null
deployment_history:
  - env: staging
    deployed_at: "2026-01-12T09:00:00Z"
    traffic_pct: 5
  - env: production
    deployed_at: "2026-01-13T09:00:00Z"
    traffic_pct: 50
deprecation_target: "2027-01-10"
`;

/** The record with one text in the place of another, which has to be there. */
export function withText(from: string, to: string): string {
  if (!handWritten.includes(from)) throw new Error(`the record has no "${from}"`);
  return handWritten.replace(from, () => to);
}

/** The line, counted from 1, on which a text stands for the first time. */
export function lineOf(text: string, part: string): number {
  const at = text.indexOf(part);
  if (at < 0) throw new Error(`there is no "${part}"`);
  return text.slice(0, at).split('\n').length;
}
