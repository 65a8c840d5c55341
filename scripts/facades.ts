// Takes away chunks that only name what another chunk holds: each costs node as long to load as one with content.

const facade = /^export\{([^}]*)\}from"\.\/([^"]+)";$/;

/**
 * The code of each chunk, by file name, without facades: who asked for one late asks for the chunk behind it. Only the last part of
 * a file name counts: the chunks are in one folder.
 */
export function withoutFacades(chunks: ReadonlyMap<string, string>): Map<string, string> {
  const behind = new Map<string, { target: string; members: string }>();
  for (const [file, code] of chunks) {
    const [, names = '', target = ''] = facade.exec(code.trim()) ?? [];
    if (target === '') continue;
    const members = names.split(',').map((name) => {
      const [held = '', known = held] = name.trim().split(' as ');
      return `${known}:m.${held}`;
    });
    behind.set(file, { target, members: members.join(',') });
  }
  const kept = [...chunks].filter(([file]) => !behind.has(file));
  return new Map(
    kept.map(([file, code]) => [
      file,
      code.replace(/import\(`(\.\/(?:[^`]+\/)?)([^`/]+)`\)/g, (asked, folder: string, name: string) => {
        const found = behind.get(name);
        return found ? `import(\`${folder}${found.target}\`).then(m=>({${found.members}}))` : asked;
      }),
    ]),
  );
}
