// Opens the engine that a user names; each is loaded alone.
import type { Engine, EngineName } from './engine.js';

/** Opens an engine. Who asks comes from the environment. */
export async function openEngine(
  name: EngineName,
  settings: { cwd: string; env: NodeJS.ProcessEnv; missing: readonly string[] },
): Promise<Engine> {
  switch (name) {
    case 'duckdb':
      return (await import('./duckdb.js')).openDuckdb(settings.cwd, settings.missing);
    case 'clickhouse':
      return (await import('./clickhouse.js')).openClickhouse(settings.env);
    case 'trino':
      return (await import('./trino.js')).openTrino(settings.env);
  }
}
