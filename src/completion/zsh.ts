/** The script for zsh: specifications for `_arguments`, a function a noun. */

import type { Branch, Flag, Leaf, Slot, Source, Tree } from './model.ts';

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
/** Inside `[…]` of a specification. */
const bracketed = (text: string) => text.replace(/[[\]\\]/g, '\\$&');
/** In a message, and in an entry of `_describe`. */
const plain = (text: string) => text.replace(/[:\\]/g, '\\$&');

function action(source: Source): string {
  switch (source.type) {
    case 'none':
      return ' ';
    case 'file':
      return '_files';
    case 'words':
      return `(${source.words.join(' ')})`;
    case 'list':
      return `_values -s , field ${source.words.join(' ')}`;
    case 'sort':
      return ` __worktime_sort ${source.words.join(' ')}`;
    case 'command':
      return '_worktime_topics';
    case 'ask':
      // The leading space keeps _arguments from putting options of its own before the kind.
      return ` __worktime_ask ${source.kind}`;
  }
}

/** A flag with its short name, each shutting the other out. */
function flagSpecs(flag: Flag): string[] {
  const names = flag.short ? [flag.short, flag.name] : [flag.name];
  const apart = flag.repeat ? '*' : names.length > 1 ? `(${names.join(' ')})` : '';
  const value = flag.value
    ? `:${flag.optional ? ':' : ''}${plain(flag.placeholder)}:${action(flag.value)}`
    : '';
  return names.map((name) => {
    const joint = flag.value ? (name.startsWith('--') ? '=' : '+') : '';
    return quote(`${apart}${name}${joint}[${bracketed(flag.description)}]${value}`);
  });
}

function slotSpec(slot: Slot, at: number): string {
  return quote(`${slot.variadic ? '*' : at + 1}:${plain(slot.name)}:${action(slot.source)}`);
}

function argumentsCall(leaf: Leaf, indent: string): string {
  const own = new Set(leaf.flags.map(({ name }) => name));
  const overridden = [...own].filter((name) => name === '--fields' || name === '--sort');
  const globals =
    overridden.length > 0
      ? `"\${(@)worktime_globals:#(${overridden.map((name) => `${name}*`).join('|')})}"`
      : '$worktime_globals';
  const specs = [...leaf.flags.flatMap(flagSpecs), ...leaf.slots.map(slotSpec)];
  return [`${indent}_arguments -s -S ${globals}`, ...specs].join(` \\\n${indent}  `);
}

const describe = (pairs: readonly (readonly [string, string])[], indent: string) =>
  pairs.map(([name, text]) => `${indent}${quote(`${plain(name)}:${plain(text)}`)}`).join('\n');

function branchFunction(branch: Branch): string {
  const [leaf] = branch.leaves;
  const name = `_worktime_${branch.name.replaceAll('-', '_')}`;
  if (branch.single && leaf) return `${name}() {\n${argumentsCall(leaf, '  ')}\n}`;
  const cases = branch.leaves.map(
    (each) => `        ${each.path.slice(1).join(' ')})\n${argumentsCall(each, '          ')}\n          ;;`,
  );
  return `${name}() {
  local curcontext=$curcontext context state state_descr line
  local -A opt_args
  local -a verbs=(
${describe(
  branch.leaves.map((each) => [each.path.slice(1).join(' '), each.summary]),
  '    ',
)}
  )
  _arguments -C -s -A '-*' $worktime_globals '1: :->verb' '*:: :->rest'
  case $state in
    verb) _describe -t commands '${branch.name} command' verbs ;;
    rest)
      case $words[1] in
${cases.join('\n')}
      esac
      ;;
  esac
}`;
}

function topics(tree: Tree): string {
  const words = tree.branches
    .flatMap((branch) => branch.leaves)
    .flatMap((leaf) => leaf.slots)
    .flatMap((slot) => (slot.source.type === 'command' ? slot.source.words : []));
  const verbs = tree.branches
    .filter(({ single }) => !single)
    .map(
      ({ name, leaves }) =>
        `    ${name}) compadd -- ${leaves.map(({ path }) => path.slice(1).join(' ')).join(' ')} ;;`,
    );
  return `# A command or a topic; after a noun, its verbs.
_worktime_topics() {
  case $words[CURRENT-1] in
${verbs.join('\n')}
    help) compadd -- ${[...new Set(words)].join(' ')} ;;
  esac
}`;
}

/** The whole script. */
export function zshScript(tree: Tree): string {
  const globals = tree.globals.flatMap(flagSpecs).map((spec) => `    ${spec}`);
  const cases = tree.branches.map(({ name }) => `        ${name}) _worktime_${name.replaceAll('-', '_')} ;;`);
  return `#compdef worktime worktime" worktime'
# worktime completion for zsh. Generated from the command tree: do not edit.
#
# In this shell:     source <(worktime completion zsh)
# In every shell (a folder of your own in fpath, before compinit in ~/.zshrc):
#   mkdir -p ~/.zfunc
#   worktime completion zsh > ~/.zfunc/_worktime
#   fpath=(~/.zfunc $fpath); autoload -Uz compinit; compinit

# The binary's answer for a kind, from its cache alone: a value and what it is called on each line.
__worktime_ask() {
  local line value
  local -a values shown open opened
  local -i width=0
  for line in "\${(@f)$(command $worktime_tool __complete $1 ":\${(Q)PREFIX}" $worktime_before 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    value=\${line%%$'\\t'*}
    values+=("$value")
    (( \${#value} > width )) && width=\${#value}
    shown+=("$line")
  done
  (( \${#values} )) || { _message $1; return 1; }
  local -i at
  for (( at = 1; at <= \${#shown}; at++ )); do
    [[ $shown[at] == *$'\\t'?* ]] && shown[at]="\${(r:width:)values[at]}  -- \${shown[at]#*$'\\t'}" || shown[at]=$values[at]
  done
  # -U: what was typed may be part of a name, which the binary has matched already. Then nothing that the IDs have in
  # common may replace it: the menu starts instead.
  [[ -n \${(M)values:#\${(Q)PREFIX}*} ]] || compstate[insert]=menu
  # What ends in a dot goes on: no space after it.
  for (( at = \${#values}; at > 0; at-- )); do
    [[ $values[at] == *. ]] || continue
    open[1,0]=("$values[at]") opened[1,0]=("$shown[at]") values[at]=() shown[at]=()
  done
  local -a expl
  # In the binary's order: the newest run first.
  _wanted -V $1 expl $1 __worktime_add
}

__worktime_add() {
  local -i none=1
  (( \${#values} )) && compadd "$@" -i "$IPREFIX" -U -l -d shown -a values && none=0
  (( \${#open} )) && compadd "$@" -i "$IPREFIX" -U -l -S '' -d opened -a open && none=0
  return none
}

# A column, and after a colon the direction.
__worktime_sort() {
  if compset -P '*:'; then compadd -- asc desc; else compadd -- "$@"; fi
}

${topics(tree)}

${tree.branches.map(branchFunction).join('\n\n')}

_worktime() {
  local curcontext=$curcontext context state state_descr line
  local -A opt_args
  # The words as typed, for the profile that they may name; deeper functions see a part of them alone.
  local -a worktime_before=("\${(@Q)words[2,CURRENT-1]}")
  # As typed, where that is a path.
  local worktime_tool=\${\${(Q)words[1]}/#(\\~|\\$HOME)\\//$HOME/}
  [[ $worktime_tool == */* ]] || worktime_tool=worktime
  local -a worktime_globals=(
${globals.join('\n')}
  )
  local -a nouns=(
${describe(
  tree.branches.map(({ name, summary }) => [name, summary]),
  '    ',
)}
  )
  _arguments -C -s -A '-*' $worktime_globals ${tree.root.flatMap(flagSpecs).join(' ')} '1: :->noun' '*:: :->rest'
  case $state in
    noun) _describe -t commands 'worktime command' nouns ;;
    rest)
      case $words[1] in
${cases.join('\n')}
      esac
      ;;
  esac
}

if [[ $funcstack[1] == _worktime ]]; then
  _worktime "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit; compinit }
  # A path in quotes ends in one.
  compdef _worktime worktime 'worktime"' "worktime'"
fi
`;
}
