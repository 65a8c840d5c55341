// Takes away chunks that only name what another chunk holds: each costs node as long to load as one with content.

const facade = /^export\{([^}]*)\}from"\.\/([^"]+)";$/;

/**
 * The code of each chunk, by file name, without facades: who asked for one late asks for the chunk behind it. Only the
 * last part of a file name counts: the chunks are in one folder.
 *
 * @param entries files that are started by name, and stay whatever they hold
 * @throws where a facade is asked for in a way that is not known here
 */
export function withoutFacades(
  chunks: ReadonlyMap<string, string>,
  entries: ReadonlySet<string>,
): Map<string, string> {
  const behind = new Map<string, { target: string; members: string }>();
  for (const [file, code] of chunks) {
    const [, names = '', target = ''] = facade.exec(code.trim()) ?? [];
    if (target === '' || entries.has(file)) continue;
    const members = names.split(',').map((name) => {
      const [held = '', known = held] = name.trim().split(' as ');
      return `${known}:m.${held}`;
    });
    behind.set(file, { target, members: members.join(',') });
  }
  const kept = new Map<string, string>();
  for (const [file, code] of chunks) {
    if (behind.has(file)) continue;
    const changed = code.replace(
      /import\(`(\.\/(?:[^`]+\/)?)([^`/]+)`\)/g,
      (asked, folder: string, name: string) => {
        const found = behind.get(name);
        return found ? `import(\`${folder}${found.target}\`).then(m=>({${found.members}}))` : asked;
      },
    );
    const missing = [...behind.keys()].find((name) => changed.includes(name));
    if (missing !== undefined)
      throw new Error(`${file} asks for ${missing} in a way that facades.ts does not know`);
    kept.set(file, changed);
  }
  return kept;
}
