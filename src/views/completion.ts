// Completion scripts for bash, zsh and fish, from the description of the program.

/** A command as completion knows it. */
export interface CompletedCommand {
  /** One word, or a group and a word. */
  name: string;
  summary: string;
  options: readonly { long: string; description: string; takesValue: boolean; choices: readonly string[] }[];
  choices: readonly string[];
  /** What a word of it names in the registry. */
  names: 'version' | 'model' | 'nothing';
}

const versions = 'mlc list 2>/dev/null | cut -f1';
const candidates = { version: versions, model: `${versions} | cut -d@ -f1 | sort -u`, nothing: undefined };

function bashCase(command: CompletedCommand): string {
  const words = [...command.options.map((option) => option.long), ...command.choices].join(' ');
  const values = command.options
    .filter((option) => option.choices.length > 0)
    .map(
      (option) =>
        `        ${option.long}) COMPREPLY=($(compgen -W "${option.choices.join(' ')}" -- "$cur")); return ;;`,
    );
  const source = candidates[command.names];
  const dynamic = source ? ` $(${source})` : '';
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
      `    ${group}) [[ $COMP_CWORD -eq $((at + 1)) ]] && { COMPREPLY=($(compgen -W "${groups
        .filter(([name]) => name === group)
        .map(([, word]) => word)
        .join(' ')}" -- "$cur")); return; }; command="${group} \${COMP_WORDS[at + 1]}" ;;`,
  );
  return `# bash completion for mlc: eval "$(mlc completion bash)"
# A version holds an @, at which bash would split it.
COMP_WORDBREAKS="\${COMP_WORDBREAKS//@/}"
_mlc() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command="" at=1
  while [[ $at -lt $COMP_CWORD ]]; do
    case "\${COMP_WORDS[at]}" in
      -C | --registry) at=$((at + 2)) ;;
      -*) at=$((at + 1)) ;;
      *) command="\${COMP_WORDS[at]}"; break ;;
    esac
  done
  if [[ -z "$command" ]]; then
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
      : candidates[command.names]
        ? `'*:${command.names}:($(${candidates[command.names]}))'`
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
  const source = candidates[command.names];
  if (source) options.push(`complete -c mlc -n '${seen}' -f -a '(${source})'`);
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
