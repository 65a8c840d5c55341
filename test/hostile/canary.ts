// A program that leaves a trace when anything starts it, and the settings of a stranger's repository that ask git to.
import { existsSync } from 'node:fs';
import { appendFile, chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../support/folders.js';
import type { World } from '../support/world.js';

/** A trap outside of the registry. */
export interface Canary {
  /** The program's path. Its first word says which setting started it. */
  program: string;
  /** What was started since it was set or last asked, one line a start. */
  sung: () => Promise<string[]>;
}

/** Sets a trap. */
export async function canary(): Promise<Canary> {
  const folder = await temporaryFolder();
  const program = path.join(folder, 'canary.sh');
  const log = path.join(folder, 'sung');
  await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$*" >> '${log}'\nexit 1\n`);
  await chmod(program, 0o755);
  return {
    program,
    sung: async () => {
      const lines = existsSync(log) ? (await readFile(log, 'utf8')).split('\n').filter(Boolean) : [];
      await rm(log, { force: true });
      return lines;
    },
  };
}

const programKeys = [
  ...['core.fsmonitor', 'core.sshCommand', 'core.editor', 'core.pager', 'core.askPass', 'core.gitProxy'],
  ...['core.alternateRefsCommand', 'credential.helper', 'diff.external', 'diff.trap.textconv'],
  ...['diff.trap.command', 'filter.trap.clean', 'filter.trap.smudge', 'filter.trap.process'],
  ...['merge.trap.driver', 'merge.default', 'merge.tool', 'mergetool.trap.cmd', 'difftool.trap.cmd'],
  ...[
    'gpg.program',
    'gpg.ssh.program',
    'gpg.ssh.defaultKeyCommand',
    'gpg.x509.program',
    'gpg.openpgp.program',
  ],
  ...['uploadpack.packObjectsHook', 'trailer.sign.command', 'trailer.sign.cmd', 'interactive.diffFilter'],
  ...['sequence.editor', 'web.browser', 'browser.trap.cmd', 'man.trap.cmd', 'submodule.sub.update'],
  ...['remote.origin.uploadpack', 'remote.origin.receivepack', 'remote.origin.proxy', 'sendemail.smtpserver'],
  ...['pager.log', 'pager.status', 'pager.diff', 'pager.show', 'pager.config', 'pager.tag', 'pager.var'],
  ...['lfs.extension.trap.clean', 'lfs.customtransfer.trap.path', 'hook.trap.command', 'instaweb.httpd'],
] as const;

const readCommands = [
  ...['log', 'status', 'diff', 'show', 'rev-parse', 'rev-list', 'cat-file', 'ls-tree', 'ls-files', 'var'],
  ...['config', 'diff-tree', 'for-each-ref', 'merge-base', 'check-attr', 'check-ignore', 'fsck', 'remote'],
];

const hookNames = [
  ...['post-checkout', 'reference-transaction', 'post-index-change', 'fsmonitor-watchman', 'pre-auto-gc'],
  ...['post-merge', 'post-rewrite', 'pre-push', 'sendemail-validate', 'pre-commit', 'prepare-commit-msg'],
  ...[
    'commit-msg',
    'post-commit',
    'applypatch-msg',
    'update',
    'pre-receive',
    'post-update',
    'push-to-checkout',
  ],
];

/** One value of git's configuration, as it stands in the file. */
function quoted(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/** Every setting that has git start a program, as the text of a configuration. */
export function trappedSettings(program: string): string {
  const lines = programKeys.map((key) => {
    const [section = '', ...rest] = key.split('.');
    const name = rest.pop() ?? '';
    const middle = rest.length === 0 ? '' : ` "${rest.join('.')}"`;
    const value = key === 'submodule.sub.update' ? `!${program} ${key}` : `${program} ${key}`;
    return `[${section}${middle}]\n\t${name} = ${quoted(value)}`;
  });
  return [
    ...lines,
    ...readCommands.map((command) => `[alias]\n\t${command} = ${quoted(`!${program} alias.${command}`)}`),
    `[filter "trap"]\n\trequired = true`,
    `[log]\n\tshowSignature = true`,
    `[diff]\n\ttool = trap`,
    `[pull]\n\trebase = true`,
    `[remote "origin"]\n\turl = ${quoted(`ext::${program} remote.origin.url`)}\n\tvcs = trap\n\tpromisor = true`,
    `[url ${quoted(`ext::${program} insteadOf `)}]\n\tinsteadOf = https://`,
    `[protocol "ext"]\n\tallow = always`,
    `[protocol]\n\tallow = always`,
    `[submodule]\n\trecurse = true`,
    `[status]\n\tsubmoduleSummary = true`,
    `[maintenance]\n\tauto = true`,
    `[gc]\n\tauto = 1`,
    '',
  ].join('\n');
}

/** Where a stranger may hide the settings. */
export type HidingPlace = 'config' | 'include' | 'includeIf' | 'worktree';

/** Puts traps into everything of a repository that its maker decides: settings, attributes, hooks, modules. */
export async function trap(world: World, { program }: Canary, place: HidingPlace = 'config'): Promise<void> {
  const settings = trappedSettings(program);
  const config = path.join(world.folder, '.git', 'config');
  const other = path.join(world.folder, '.git', 'elsewhere');
  if (place === 'config') await appendFile(config, settings);
  else if (place === 'worktree') {
    await appendFile(config, '[extensions]\n\tworktreeConfig = true\n');
    await writeFile(path.join(world.folder, '.git', 'config.worktree'), settings);
  } else {
    await writeFile(other, settings);
    const section = place === 'include' ? 'include' : 'includeIf "gitdir:/**"';
    await appendFile(config, `[${section}]\n\tpath = elsewhere\n`);
  }
  await writeFile(
    path.join(world.folder, '.git', 'info', 'attributes'),
    '* filter=trap diff=trap merge=trap\n',
  );
  await world.write('.lfsconfig', `[lfs]\n\turl = ext::${program} lfsconfig\n`);
  await world.write(
    '.gitmodules',
    `[submodule "sub"]\n\tpath = sub\n\turl = ext::${program} gitmodules\n\tupdate = !${program}\n`,
  );
  await trapHooks(world, program);
}

/** Puts a hook under every name that git knows. */
export async function trapHooks(world: World, program: string): Promise<void> {
  const hooks = path.join(world.folder, '.git', 'hooks');
  await mkdir(hooks, { recursive: true });
  for (const name of hookNames) {
    await writeFile(path.join(hooks, name), `#!/bin/sh\n${program} hook.${name}\nexit 0\n`);
    await chmod(path.join(hooks, name), 0o755);
  }
}
