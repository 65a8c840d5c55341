// Completion scripts for bash, zsh and fish, from the description of the program.

/** A command as completion knows it. */
export interface CompletedCommand {
  /** One word, or a group and a word. */
  name: string;
  summary: string;
  options: readonly { long: string; description: string; takesValue: boolean; choices: readonly string[] }[];
  choices: readonly string[];
  /** Whether a word of it is a version or a model of the registry. */
  takesAddress: boolean;
}

const addresses = 'mlc list 2>/dev/null | cut -f1';

function bashCase(command: CompletedCommand): string {
  const words = [...command.options.map((option) => option.long), ...command.choices].join(' ');
  const values = command.options
    .filter((option) => option.choices.length > 0)
    .map(
      (option) =>
        `        ${option.long}) COMPREPLY=($(compgen -W "${option.choices.join(' ')}" -- "$cur")); return ;;`,
    );
  const dynamic = command.takesAddress ? ` $(${addresses})` : '';
  return [
    `    "${command.name}")`,
    '      case "$prev" in',
    ...values,
    '      esac',
    `      COMPREPLY=($(compgen -W "${words}${dynamic}" -- "$cur")) ;;`,
  ].join('\n');
}

function bash(commands: readonly CompletedCommand[]): string {
  const first = [...new Set(commands.map((command) => command.name.split(' ')[0]))].join(' ');
  const groups = commands
    .filter((command) => command.name.includes(' '))
    .map((command) => command.name.split(' ') as [string, string]);
  const groupCases = [...new Set(groups.map(([group]) => group))].map(
    (group) =>
      `    ${group}) [[ $COMP_CWORD -eq 2 ]] && { COMPREPLY=($(compgen -W "${groups
        .filter(([name]) => name === group)
        .map(([, word]) => word)
        .join(' ')}" -- "$cur")); return; }; command="${group} \${COMP_WORDS[2]}" ;;`,
  );
  return `# bash completion for mlc: eval "$(mlc completion bash)"
_mlc() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}"
  COMP_WORDBREAKS="\${COMP_WORDBREAKS//@/}"
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${first}" -- "$cur")); return
  fi
  case "$command" in
${groupCases.join('\n')}
  esac
  case "$command" in
${commands.map(bashCase).join('\n')}
  esac
}
complete -o default -F _mlc mlc
`;
}

function quoteZsh(text: string): string {
  return text.replace(/'/g, "'\\''").replace(/[[\]:]/g, (character) => `\\${character}`);
}

function zshCase(command: CompletedCommand): string {
  const options = command.options.map((option) => {
    const value = option.takesValue
      ? `:value:${option.choices.length > 0 ? `(${option.choices.join(' ')})` : '_files'}`
      : '';
    return `'${option.long}[${quoteZsh(option.description)}]${value}'`;
  });
  const words =
    command.choices.length > 0
      ? `'*:word:(${command.choices.join(' ')})'`
      : command.takesAddress
        ? `'*:version:($(${addresses}))'`
        : "'*:file:_files'";
  return `    '${command.name}') _arguments ${[...options, words].join(' ')} ;;`;
}

function zsh(commands: readonly CompletedCommand[]): string {
  const first = new Map(
    commands.map((command) => [command.name.split(' ')[0] as string, command.summary] as const),
  );
  return `#compdef mlc
# zsh completion for mlc: mlc completion zsh > "\${fpath[1]}/_mlc"
_mlc() {
  local -a commands
  commands=(${[...first].map(([name, summary]) => `'${name}:${quoteZsh(summary)}'`).join(' ')})
  if (( CURRENT == 2 )); then _describe 'command' commands; return; fi
  local name="\${words[2]}"
  [[ "$name" == model ]] && { (( CURRENT == 3 )) && { compadd add; return; }; name="model \${words[3]}"; }
  case "$name" in
${commands.map(zshCase).join('\n')}
  esac
}
compdef _mlc mlc
`;
}

function quoteFish(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}

function fishLines(command: CompletedCommand): string[] {
  const [first = '', second] = command.name.split(' ');
  const seen =
    second === undefined
      ? `__fish_seen_subcommand_from ${first}`
      : `__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}`;
  const options = command.options.map((option) => {
    const value = option.takesValue
      ? option.choices.length > 0
        ? ` -x -a ${quoteFish(option.choices.join(' '))}`
        : ' -r'
      : '';
    return `complete -c mlc -n '${seen}' -l ${option.long.slice(2)}${value} -d ${quoteFish(option.description)}`;
  });
  if (command.choices.length > 0)
    options.push(`complete -c mlc -n '${seen}' -f -a ${quoteFish(command.choices.join(' '))}`);
  if (command.takesAddress) options.push(`complete -c mlc -n '${seen}' -f -a '(${addresses})'`);
  return options;
}

function fish(commands: readonly CompletedCommand[]): string {
  const first = new Map(
    commands.map((command) => [command.name.split(' ')[0] as string, command.summary] as const),
  );
  const heads = [...first].map(
    ([name, summary]) => `complete -c mlc -f -n __fish_use_subcommand -a ${name} -d ${quoteFish(summary)}`,
  );
  return `# fish completion for mlc: mlc completion fish > ~/.config/fish/completions/mlc.fish\n${[...heads, ...commands.flatMap(fishLines)].join('\n')}\n`;
}

/** The script for a shell. */
export function completionScript(
  shell: 'bash' | 'zsh' | 'fish',
  commands: readonly CompletedCommand[],
): string {
  return { bash, zsh, fish }[shell](commands);
}
