// Handing a retraining request to whoever runs it: what is handed over, and what came back.

/** What an orchestrator is told. Never holds a credential. */
export interface HandOverRequest {
  /** Names the request for good: `mlc.churn.drift-threshold-3f9c1a2b4d5e`; the same request has the same key. */
  key: string;
  model: string;
  /** The version that was found wanting. */
  version: string;
  trigger: string;
  /** The id of the request in the registry. */
  request: string;
  reason: string | null;
  dataSnapshot: string;
  seed: number;
  commit: string;
  requestedAt: string;
  requestedBy: string;
  /** What made the trigger fire, a sentence each. */
  causes: readonly string[];
}

/** What became of one hand-over. */
export interface HandOverOutcome {
  /** `unknown`: it may or may not have arrived (time-out, lost connection, server error), and repeating is how to find out. */
  outcome: 'accepted' | 'refused' | 'unknown';
  /** The run's id at the orchestrator; 1 to 500 characters. */
  externalId?: string | undefined;
  /** http or https, at most 2,000 characters. */
  url?: string | undefined;
  /** A sentence or two on one line, at most 1,000 characters: what the other side said, without any credential. */
  detail: string;
  /** Whether the other side says that it had this request already. */
  duplicate?: boolean | undefined;
  /** What a command printed, its last 64 KB, without the values of the variables it was given. Not escaped for a terminal. */
  output?: string | undefined;
}

/** What a hand-over depends on from outside. */
export interface HandOverSetting {
  /** Where credentials are read from. */
  env: NodeJS.ProcessEnv;
  /** The folder a command runs in. */
  cwd: string;
  /** How long requests over the network may take in all; 30 by default. A command has its own limit. */
  timeoutSeconds?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** The parameters that a hand-over adds to every request. */
export type Parameters = Readonly<Record<string, string | number | boolean>>;
