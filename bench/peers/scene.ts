// A registry that other tools get the same models and versions as.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Stock, openRecords } from '../registries/open.js';
import type { RecordsRegistry } from '../registries/records.js';
import type { Setting } from '../setting.js';

export interface PeerScene {
  setting: Setting;
  stock: Stock;
  registry: RecordsRegistry & { folder: string };
  /** The versions of each model, oldest first. */
  versions: ReadonlyMap<string, readonly string[]>;
  /** A folder for what other tools keep. */
  home: string;
  times: number;
}

/** Milliseconds after which a command of another tool is ended. */
export const limit = 60_000;

function versionsIn(folder: string): Map<string, string[]> {
  const listed = execFileSync('git', ['ls-tree', '-r', '--name-only', 'HEAD', 'models'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const versions = new Map<string, string[]>();
  for (const [, model = '', version = ''] of listed.matchAll(/^models\/([^/]+)\/versions\/(.+)\.yaml$/gm))
    versions.set(model, [...(versions.get(model) ?? []), version]);
  for (const list of versions.values()) list.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return versions;
}

export function peerScene(setting: Setting, stock: Stock, size: number, times: number): PeerScene {
  const registry = openRecords(stock, size);
  const home = path.join(stock.folder, `peers-${size}-${stock.seed}`);
  mkdirSync(home, { recursive: true });
  return { setting, stock, registry, versions: versionsIn(registry.folder), home, times };
}
