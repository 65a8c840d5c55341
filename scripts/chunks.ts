// Which chunk of the bundle a module belongs to: the first one whose commands cannot do without it.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Chunks in the order in which they may be loaded, each with the modules that it is for. Every file costs node a
 * millisecond, and every 40 KB of text another, needed or not. So what runs in hooks and many times a day comes first,
 * and a command loads at most two chunks besides its own.
 */
const chunks: readonly { name: string; roots: RegExp }[] = [
  { name: 'core', roots: /^src\/(main|commands\/(validate|list|review))\.ts$/ },
  {
    name: 'lifecycle',
    roots:
      /^src\/commands\/(register|gate|approve|reject|deploy|ramp|rollback|deprecate|reinstate|retire|hold|release|model-add|show|history|diff|lineage|inventory|resolve)\.ts$/,
  },
  {
    name: 'watching',
    roots:
      /^src\/commands\/(monitor|monitor-batch|triggers|due|health|retrain|event|glance|incident-(open|update|close))\.ts$|^src\/registry\/books\/book-worker\.ts$/,
  },
  { name: 'judging', roots: /^src\/commands\/(check|audit|audit-seal|audit-export|doctor)\.ts$/ },
  { name: 'drift', roots: /^src\/commands\/drift\.ts$/ },
];

/** What the bundler knows of a module. */
export interface ModuleGraph {
  getModuleInfo: (
    id: string,
  ) => { importedIds: readonly string[]; dynamicallyImportedIds: readonly string[] } | null;
}

/** Every module that some roots load as they are loaded themselves. */
function reachedFrom(roots: readonly string[], graph: ModuleGraph): Set<string> {
  const reached = new Set<string>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  return reached;
}

function everyModule(entry: string, graph: ModuleGraph): string[] {
  const seen = new Set<string>();
  const waiting = [entry];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const info = seen.has(id) ? null : graph.getModuleInfo(id);
    seen.add(id);
    if (info) waiting.push(...info.importedIds, ...info.dynamicallyImportedIds);
  }
  return [...seen];
}

/** Answers the chunk of a module, or null where the bundler is to decide: what is asked for late has a file of its own. */
export function chunkAssigner(): (id: string, graph: ModuleGraph) => string | null {
  let assigned: Map<string, string> | undefined;
  const entry = path.join(root, 'src/start.ts');
  const assign = (graph: ModuleGraph): Map<string, string> => {
    const modules = everyModule(entry, graph);
    const found = new Map([...reachedFrom([entry], graph)].map((id) => [id, 'start']));
    for (const { name, roots } of chunks) {
      const own = modules.filter((id) => roots.test(path.relative(root, id).split(path.sep).join('/')));
      if (own.length === 0) throw new Error(`the chunk ${name} has no modules: ${roots.source}`);
      for (const id of reachedFrom(own, graph)) if (!found.has(id)) found.set(id, name);
    }
    return found;
  };
  return (id, graph) => {
    assigned ??= assign(graph);
    const name = assigned.get(id);
    if (/node_modules\/yaml\//.test(id)) return 'yaml';
    return name === undefined || id === entry ? null : name;
  };
}
