/** The script for fish: a `complete` line for each word and flag. */

import type { Flag, Leaf, Slot, Source, Tree } from './model.ts';

/** In single quotes fish reads `\` and `'` alone as special. */
const quote = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;

function values(source: Source): string {
  switch (source.type) {
    case 'none':
      return '-x';
    case 'file':
      return '-r -F';
    case 'words':
      return `-x -ka ${quote(source.words.join(' '))}`;
    case 'list':
      return `-x -ka ${quote(`(__worktime_list ${source.words.join(' ')})`)}`;
    case 'sort':
      return `-x -ka ${quote(`(__worktime_sort ${source.words.join(' ')})`)}`;
    case 'command':
      return `-x -a ${quote('(__worktime_topics)')}`;
    case 'ask':
      return `-x -ka ${quote(`(__worktime_ask ${source.kind})`)}`;
  }
}

function flagLine(flag: Flag, condition: string): string {
  return [
    'complete -c worktime',
    condition,
    flag.short ? `-s ${flag.short.slice(1)}` : '',
    `-l ${flag.name.slice(2)}`,
    flag.value ? values(flag.value) : '-f',
    `-d ${quote(flag.description)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function slotLine(slot: Slot, at: number, path: string): string {
  if (slot.source.type === 'none') return '';
  const what = slot.source.type === 'file' ? '-F' : values(slot.source).replace(/^-x /, '-f ');
  return `complete -c worktime -n '__worktime_at ${slot.variadic ? '+' : ''}${at} ${path}' ${what}`;
}

function leafLines(leaf: Leaf): string[] {
  const path = leaf.path.join(' ');
  return [
    `# ${path}`,
    ...leaf.flags.map((flag) => flagLine(flag, `-n '__worktime_in ${path}'`)),
    ...leaf.slots.map((slot, at) => slotLine(slot, at, path)).filter((line) => line !== ''),
  ];
}

/** The flags whose next word is their value, wherever they stand; or those where it is one unless it is a flag. */
function takingValues(tree: Tree, optional: boolean): string {
  const flags = [
    ...tree.globals,
    ...tree.branches.flatMap((branch) => branch.leaves).flatMap((leaf) => leaf.flags),
  ];
  const taking = flags.filter((flag) => flag.value && flag.optional === optional);
  return [...new Set(taking.flatMap(({ name, short }) => (short ? [name, short] : [name])))].join(' ');
}

/** The whole script. */
export function fishScript(tree: Tree): string {
  const nested = tree.branches.filter(({ single }) => !single);
  const topicWords = tree.branches
    .flatMap((branch) => branch.leaves)
    .flatMap((leaf) => leaf.slots)
    .flatMap((slot) => (slot.source.type === 'command' ? slot.source.words : []));
  return `# worktime completion for fish. Generated from the command tree: do not edit.
#
# In this shell:     worktime completion fish | source
# In every shell:    mkdir -p ~/.config/fish/completions
#                    worktime completion fish > ~/.config/fish/completions/worktime.fish

# The words so far that are neither flags nor values of flags, less the command itself.
function __worktime_path
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip = 1; or test $skip = 2; and not string match -q -- '-*' $word
            set skip 0
            continue
        end
        set skip 0
        switch $word
            case ${takingValues(tree, false)}
                set skip 1
            case ${takingValues(tree, true)}
                set skip 2
            case '-*'
            case '*'
                echo $word
        end
    end
end

# Whether the words so far name this command, whatever follows.
function __worktime_in
    set -l path (__worktime_path)
    test "$path[1..$(count $argv)]" = "$argv"
end

# Whether they name this command and so many arguments; +N: at least so many; verb: the noun alone.
function __worktime_at
    set -l path (__worktime_path)
    set -l wanted $argv[2..-1]
    set -l more (math (count $path) - (count $wanted))
    test $more -ge 0; or return 1
    test (count $wanted) -eq 0; or test "$path[1..$(count $wanted)]" = "$wanted"; or return 1
    switch $argv[1]
        case '+*'
            test $more -ge (string sub -s 2 -- $argv[1])
        case '*'
            test $more -eq $argv[1]
    end
end

# The word so far, without the flag that it begins with, an open quote and backslashes.
function __worktime_current
    commandline -ct | string replace -r -- '^--[^=]*=' '' | string replace -r '^["\\']' '' | string replace -ra '\\\\\\\\(.)' '$1'
end

# The binary's answer for a kind, from its cache alone: a value and what it is called on each line.
function __worktime_ask
    set -l before (commandline -opc)
    # As typed, where that is a path.
    set -l tool (string replace -r '^~/' "$HOME/" -- "$before[1]")
    string match -q -- '*/*' "$tool"; or set tool worktime
    command -q -- $tool; or return
    set -l current (__worktime_current)
    set -l found (command $tool __complete $argv[1] ":$current" $before[2..-1] 2>/dev/null)
    if string match -q -- '--*=*' (commandline -ct)
        # fish would put what is found by its name in the place of the flag as well.
        for line in $found
            test (string sub -l (string length -- "$current") -- $line) = "$current"; and echo $line
        end
    else if set -q found[1]
        printf '%s\\n' $found
    end
end

# A column, and after a colon the direction.
function __worktime_sort
    set -l column (string match -r -- '^(.*):' (__worktime_current))[2]
    if test -n "$column"
        printf '%s\\n' $column:asc $column:desc
    else
        printf '%s\\n' $argv
    end
end

# Words joined by commas: the next one, and none twice.
function __worktime_list
    set -l current (__worktime_current)
    set -l head (string match -r -- '.*,' $current)
    for word in $argv
        contains -- $word (string split , -- "$head"); or echo "$head$word"
    end
end

# A command or a topic; after a noun, its verbs.
function __worktime_topics
    switch (__worktime_path)[-1]
        case help
            string split ' ' -- ${quote([...new Set(topicWords)].join(' '))}
${nested
  .map(
    ({ name, leaves }) =>
      `        case ${name}\n            string split ' ' -- ${quote(leaves.map(({ path }) => path.slice(1).join(' ')).join(' '))}`,
  )
  .join('\n')}
    end
end

complete -c worktime -f
${tree.globals.map((flag) => flagLine(flag, '')).join('\n')}
${tree.root.map((flag) => flagLine(flag, "-n '__worktime_at 0'")).join('\n')}

${tree.branches
  .map(({ name, summary }) => `complete -c worktime -n '__worktime_at 0' -a ${name} -d ${quote(summary)}`)
  .join('\n')}

${nested
  .flatMap(({ name, leaves }) =>
    leaves.map(
      ({ path, summary }) =>
        `complete -c worktime -n '__worktime_at 0 ${name}' -a ${path.slice(1).join(' ')} -d ${quote(summary)}`,
    ),
  )
  .join('\n')}

${tree.branches
  .flatMap((branch) => branch.leaves)
  .flatMap(leafLines)
  .join('\n')}
`;
}
