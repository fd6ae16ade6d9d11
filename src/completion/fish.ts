/** The script for fish: a `complete` line for each word and flag. */

import type { Flag, Leaf, Slot, Source, Tree } from './model.ts';

/** In single quotes fish reads `\` and `'` alone as special. */
const quote = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** A redirection or a word, as they follow each other on a line. */
const PIECES = String.raw`(?:[0-9]+|&)?[<>]+[?&]?|(?:\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\([^()]*\)|[^\s<>\\"'])+`;

/** Each with a tab behind it: without a description of its own a value would be given that of its flag. */
const bare = (words: readonly string[]) => quote(words.map((word) => `${word}\\t`).join(' '));

function values(source: Source): string {
  switch (source.type) {
    case 'none':
      return '-x';
    case 'file':
      return '-r -F';
    case 'words':
      return `-x -ka ${bare(source.words)}`;
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

/** A flag is offered where its command is named and it is not given yet. */
function flagLine(flag: Flag, path: string, also = ''): string {
  const once = flag.repeat ? [] : [flag.name, ...(flag.short ? [flag.short] : [])];
  return [
    'complete -c worktime',
    `-n '${also}__worktime_in ${[`"${path}"`, ...once].join(' ')}'`,
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
    ...leaf.flags.map((flag) => flagLine(flag, path)),
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

# Reads the line up to the cursor, once for all that ask: its words, those that name a command and its arguments, and the
# flags that are given.
function __worktime_read
    set -l line (commandline -pc)
    test "$line" = "$__worktime_line"; and return
    set -g __worktime_line "$line"
    set -g __worktime_words (commandline -opc)
    set -g __worktime_path
    set -g __worktime_given
    # fish counts the files of redirections as words.
    if string match -qr '[<>]' -- "$line"
        set -l at 0
        set -l files
        set -l file no
        for piece in (string match -ar -- ${quote(PIECES)} (commandline -pc | string collect))
            if string match -qr '^([0-9]+|&)?[<>]' -- $piece
                set file yes
                continue
            end
            set at (math $at + 1)
            test $file = yes; and set -p files $at
            set file no
        end
        for at in $files
            test $at -le (count $__worktime_words); and set -e __worktime_words[$at]
        end
    end
    # A flag that still waits for its value is not given yet.
    set -l waiting
    set -l may_be_flag no
    set -l plain no
    for word in $__worktime_words[2..-1]
        if set -q waiting[1]
            set -a __worktime_given $waiting
            set -e waiting
            test $may_be_flag = yes; and string match -q -- '-*' $word; or continue
        end
        if test $plain = yes
            set -a __worktime_path $word
            continue
        end
        switch $word
            case --
                set plain yes
            case ${takingValues(tree, false)}
                set waiting $word
                set may_be_flag no
            case ${takingValues(tree, true)}
                set waiting $word
                set may_be_flag yes
            case -
                set -a __worktime_path -
            case '-*'
                set -a __worktime_given (string replace -r '^(--[^=]*|-[^-]).*' '$1' -- $word)
            case '*'
                set -a __worktime_path $word
        end
    end
end

# Whether the words so far name this command, whatever follows, and none of these flags is given.
function __worktime_in
    __worktime_read
    string match -q -- "$argv[1] *" "$__worktime_path "; or return
    for flag in $argv[2..-1]
        contains -- $flag $__worktime_given; and return 1
    end
    return 0
end

# Whether they name this command and so many arguments; +N: at least so many; verb: the noun alone.
function __worktime_at
    __worktime_read
    set -l path $__worktime_path
    set -l wanted $argv[2..-1]
    set -l more (math (count $path) - (count $wanted))
    test $more -ge 0; or return 1
    test -z "$wanted"; or string match -q -- "$wanted *" "$path "; or return 1
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
    __worktime_read
    # As typed, where that is a path.
    set -l tool (string replace -r '^(~|\\$HOME)/' "$HOME/" -- "$__worktime_words[1]")
    string match -q -- '*/*' "$tool"; or set tool worktime
    command -q -- $tool; or return
    set -l current (__worktime_current)
    set -l flag (string match -r -- '^--[^=]*=' (commandline -ct))
    for line in (command $tool __complete $argv[1] ":$current" $__worktime_words[2..-1] 2>/dev/null)
        # What is found by its name takes the place of the flag as well.
        test (string sub -l (string length -- "$current") -- $line) = "$current"; or set line "$flag$line"
        # A value without a description would be given that of its flag.
        string match -q -- \\*\\t\\* $line; and echo $line; or printf '%s\\t\\n' $line
    end
end

# A column, and after a colon the direction.
function __worktime_sort
    set -l column (string match -r -- '^(.*):' (__worktime_current))[2]
    if test -n "$column"
        printf '%s\\t\\n' $column:asc $column:desc
    else
        printf '%s\\t\\n' $argv
    end
end

# Words joined by commas: the next one, and none twice.
function __worktime_list
    set -l current (__worktime_current)
    set -l head (string match -r -- '.*,' $current)
    for word in $argv
        contains -- $word (string split , -- "$head"); or printf '%s\\t\\n' "$head$word"
    end
end

# A command or a topic; after a noun, its verbs.
function __worktime_topics
    __worktime_read
    switch "$__worktime_path[-1]"
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
${tree.globals.map((flag) => flagLine(flag, '*')).join('\n')}
${tree.root.map((flag) => flagLine(flag, '*', '__worktime_at 0; and ')).join('\n')}

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
