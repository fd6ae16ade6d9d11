/** The script for bash 3.2 and newer: tables as `case` statements, and a small engine that reads them. */

import type { Tree } from './model.ts';
import { grouped, tablesOf } from './tables.ts';

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The patterns of a case; many of them have a line each, so that a diff shows what changed. */
const alternatives = (patterns: readonly string[]) =>
  patterns.join(patterns.length > 4 ? ' | \\\n    ' : ' | ');

/** A function that looks a key up and leaves what it finds in `found`. */
function lookup(
  name: string,
  key: string,
  table: ReadonlyMap<string, string>,
  otherwise = "found=''",
): string {
  const cases = grouped(table).map(
    ([keys, value]) => `    ${alternatives(keys.map(pattern))}) found=${quote(value)} ;;`,
  );
  return [`${name}() {`, `  case ${key} in`, ...cases, `    *) ${otherwise} ;;`, '  esac', '}'].join('\n');
}

/** A key whose last word is `*` fits any last word. */
const pattern = (key: string) => (key.endsWith(' *') ? `${quote(key.slice(0, -1))}*` : quote(key));

const joined = (table: ReadonlyMap<string, readonly string[]>) =>
  new Map([...table].map(([key, words]) => [key, words.join(' ')]));

const ENGINE = `
# bash 4 parts words at = : and @ too. Here they are whole again: those before the cursor in words, its own in cur, and in
# head the beginning of cur that readline keeps, whichever bash it is.
__worktime_join() {
  local line=$COMP_LINE piece last='' i n=-1
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=\${COMP_WORDS[i]}
    if ((i > 0)) && [[ $line != [[:space:]]* && -n $piece && ($piece == [=:@]* || $last == *[=:@]) ]]; then
      words[n]+=$piece
    else words+=("$piece") n=$((n + 1)); fi
    line=\${line#"\${line%%[![:space:]]*}"} line=\${line#"$piece"} last=$piece
  done
  cur=\${words[n]}
  unset "words[n]"
  piece=$cur
  for last in = : @; do
    [[ $COMP_WORDBREAKS == *"$last"* && $piece == *"$last"* ]] || continue
    piece=\${piece##*"$last"}
    # readline takes this one for the beginning of the word that it replaces.
    [[ $last == @ ]] && piece=@$piece
  done
  head=\${cur%"$piece"}
  case $cur in
    [\\"\\']*) cur=\${cur:1} ;;
    *\\\\*) cur=\${cur//\\\\/} ;;
  esac
}

# The binary's answer for KIND, from its cache alone: a value and what it is called on each line.
__worktime_ask() {
  local value about width=0 i known='' values=() names=() tool=worktime
  # As typed, where that is a path.
  [[ \${words[0]} == */* ]] && tool=\${words[0]/#\\~\\//$HOME/}
  while IFS=$'\\t' read -r value about; do
    [[ -n $value ]] || continue
    values+=("$value") names+=("$about")
    [[ $value == "$cur"* ]] && known=yes
    ((\${#value} > width)) && width=\${#value}
  done < <(command "$tool" __complete "$1" ":$cur" "\${words[@]:1}" 2>/dev/null)
  ((\${#values[@]})) || return 0
  type compopt &>/dev/null && compopt -o nosort 2>/dev/null
  # One answer is inserted, and menu completion inserts each: then the value stands alone.
  if ((\${#values[@]} == 1)) || [[ $COMP_TYPE == 37 || $COMP_TYPE == 42 ]]; then
    COMPREPLY=("\${values[@]}")
    # What ends in a dot goes on.
    [[ \${values[0]} == *. ]] && type compopt &>/dev/null && compopt -o nospace
    return 0
  fi
  for ((i = 0; i < \${#values[@]}; i++)); do
    [[ -n \${names[i]} ]] && printf -v value '%-*s  (%s)' "$width" "\${values[i]}" "\${names[i]}" || value=\${values[i]}
    COMPREPLY+=("$value")
  done
  # Found by name: a blank entry keeps what was typed from being replaced by what the IDs have in common.
  if [[ -z $known ]]; then COMPREPLY+=(' '); fi
}

__worktime_words() {
  local word
  for word in $1; do [[ $word != "$cur"* ]] || COMPREPLY+=("$word"); done
}

# Words joined by commas: the next one, and none twice.
__worktime_list() {
  local word head=''
  [[ $cur == *,* ]] && head=\${cur%,*},
  for word in $1; do
    [[ ,$head == *",$word,"* || $head$word != "$cur"* ]] || COMPREPLY+=("$head$word")
  done
  if type compopt &>/dev/null; then compopt -o nospace; fi
}

# A column, and after a colon the direction.
__worktime_sort() {
  if [[ $cur == *:* ]]; then __worktime_words "\${cur%%:*}:asc \${cur%%:*}:desc"; else __worktime_words "$1"; fi
}

__worktime_files() {
  # Readline completes file names best itself: quotes, ~ and folders.
  if type compopt &>/dev/null; then compopt -o default; else
    local IFS=$'\\n'
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}

__worktime_offer() {
  case $1 in
    =*) __worktime_words "\${1:1}" ;;
    ,*) __worktime_list "\${1:1}" ;;
    :*) __worktime_sort "\${1:1}" ;;
    @*) __worktime_ask "\${1:1}" ;;
    /) __worktime_files ;;
    %*) if [[ -n $2 ]]; then __worktime_verbs "$2"; __worktime_words "$found"; else __worktime_words "\${1:1}"; fi ;;
  esac
}

# The flags that are left: none twice, but those that may be repeated.
__worktime_offer_flags() {
  local flag
  __worktime_flags "\${path:-worktime}"
  for flag in $found $__worktime_globals; do
    [[ $flag == "$cur"* ]] || continue
    [[ $given != *" $flag "* ]] || __worktime_repeated "$path $flag" || continue
    COMPREPLY+=("$flag")
  done
}

_worktime() {
  local IFS=$' \t\n' words=() cur='' head='' path='' flag='' given=' ' last='' found='' prefix='' plain='' word
  local i count=0 whole='' file=''
  COMPREPLY=()
  __worktime_join
  for ((i = 1; i < \${#words[@]}; i++)); do
    word=\${words[i]}
    # What the shell itself takes: > file, 2> file
    if [[ -n $file ]]; then file='' && continue; fi
    if [[ $word == [\\<\\>]* || $word == \\&\\>* ]]; then file=yes && continue; fi
    if [[ $word == [0-9] && \${words[i + 1]-$cur} == [\\<\\>]* ]]; then continue; fi
    if [[ -n $flag ]]; then
      __worktime_value "$path" "$flag"
      flag=''
      [[ $found == \\?* && $word == -* ]] || continue
    fi
    if [[ -n $plain || $word != -* || $word == - ]]; then
      if [[ -z $path ]]; then
        path=$word
        __worktime_verbs "$path"
        [[ -z $found ]] && whole=yes
      elif [[ -z $whole ]]; then path="$path $word" whole=yes
      else last=$word count=$((count + 1)); fi
      continue
    fi
    case $word in
      --) plain=yes ;;
      --*=*) given="$given\${word%%=*} " ;;
      *)
        given="$given$word "
        __worktime_value "$path" "$word"
        [[ -n $found ]] && flag=$word
        ;;
    esac
  done
  if [[ -z $flag && -z $plain && $cur == --*=* ]]; then flag=\${cur%%=*} prefix=$flag= cur=\${cur#*=}; fi

  if [[ -n $file || $cur == [\\<\\>]* ]]; then __worktime_files
  elif [[ -n $flag ]]; then
    __worktime_value "$path" "$flag"
    if [[ $found == \\?* && -z $prefix && $cur == -* ]]; then __worktime_offer_flags
    else __worktime_offer "\${found#\\?}"; fi
  elif [[ -z $plain && $cur == -* ]]; then __worktime_offer_flags
  elif [[ -z $path ]]; then __worktime_words "$__worktime_nouns"
  elif [[ -z $whole ]]; then __worktime_verbs "$path"; __worktime_words "$found"
  else
    __worktime_slot "$path $count"
    if [[ -n $found ]]; then __worktime_offer "$found" "$last"
    elif [[ -z $plain && -z $cur ]]; then __worktime_offer_flags; fi
  fi
  if [[ -n $prefix$head ]]; then
    for ((i = 0; i < \${#COMPREPLY[@]}; i++)); do
      word=$prefix\${COMPREPLY[i]}
      COMPREPLY[i]=\${word#"$head"}
    done
  fi
  return 0
}

complete -F _worktime worktime
`;

/** The whole script. */
export function bashScript(tree: Tree): string {
  const tables = tablesOf(tree);
  const globals = grouped(tables.globalValues).map(
    ([keys, value]) => `${alternatives(keys.map(quote))}) found=${quote(value)} ;;`,
  );
  const repeated = [...tables.repeated].map(pattern).join(' | ');
  return `# worktime completion for bash 3.2 and newer. Generated from the command tree: do not edit.
#
# In this shell:     source <(worktime completion bash)
# In every shell:    echo 'source <(worktime completion bash)' >> ~/.bashrc
# Loaded on demand (with the package bash-completion):
#   mkdir -p ~/.local/share/bash-completion/completions
#   worktime completion bash > ~/.local/share/bash-completion/completions/worktime

__worktime_nouns=${quote(tables.nouns.join(' '))}
__worktime_globals=${quote(tables.globals.join(' '))}

# noun → verbs
${lookup('__worktime_verbs', '$1', joined(tables.verbs))}

# command → its own flags
${lookup('__worktime_flags', '$1', joined(tables.flags))}

# command, position → what belongs there:
# =words, @asked of worktime itself, /file, %command, - anything
${lookup('__worktime_slot', '$1', tables.slots)}

# command, flag → what its value may be; empty: a switch; ? it may be left out
${lookup('__worktime_value', '"$1 $2"', tables.values, `__worktime_global_value "$2"`)}

__worktime_global_value() {
  case $1 in
    ${globals.join('\n    ')}
    *) found='' ;;
  esac
}

__worktime_repeated() {
  case $1 in ${repeated === '' ? "''" : repeated}) return 0 ;; *) return 1 ;; esac
}
${ENGINE}`;
}
