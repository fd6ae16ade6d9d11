/** The engine of the script for bash: reads the line, finds in the tables what belongs there, and offers it. */

export const ENGINE = `
# What is local while words are read begins with __wt_: a $NAME of the line is looked up there, and must not be found here.

# A word as bash will read it, in text: quotes, backslashes, ~ and $NAME. Nothing in it is run. In kept the beginning that
# readline keeps: all up to a quote that is open, else to the last word break.
__worktime_read() {
  local __wt_rest=$1 __wt_quote='' __wt_sign __wt_name='^\\{?([A-Za-z_][A-Za-z_0-9]*)\\}?'
  __wt_text='' __wt_kept=''
  if [[ $__wt_rest == \\~/* ]]; then __wt_text=$HOME __wt_rest=\${__wt_rest:1}; fi
  while [[ -n $__wt_rest ]]; do
    __wt_sign=\${__wt_rest:0:1} __wt_rest=\${__wt_rest:1}
    if [[ $__wt_sign == "$__wt_quote" ]]; then __wt_quote='' __wt_kept=$__wt_text
    elif [[ -z $__wt_quote && $__wt_sign == [\\"\\'] ]]; then __wt_quote=$__wt_sign __wt_kept=$__wt_text
    elif [[ $__wt_sign == \\\\ && $__wt_quote != \\' ]]; then __wt_text+=\${__wt_rest:0:1} __wt_rest=\${__wt_rest:1}
    elif [[ $__wt_sign == \\$ && $__wt_quote != \\' && $__wt_rest =~ $__wt_name ]]; then
      __wt_rest=\${__wt_rest:\${#BASH_REMATCH[0]}} __wt_name=\${BASH_REMATCH[1]}
      __wt_text+=\${!__wt_name-} __wt_name='^\\{?([A-Za-z_][A-Za-z_0-9]*)\\}?'
    else
      __wt_text+=$__wt_sign
      # readline takes an @ for the beginning of the word that it replaces.
      if [[ -z $__wt_quote && $COMP_WORDBREAKS == *"$__wt_sign"* ]]; then __wt_kept=\${__wt_text%@}; fi
    fi
  done
}

# bash parts words at = : and whatever else COMP_WORDBREAKS has. Here they are whole again, as bash will read them: those
# before the cursor in words, its own in cur, and in head the beginning of cur that readline keeps.
__worktime_join() {
  local __wt_line=$COMP_LINE __wt_piece __wt_last='' __wt_i __wt_n=-1 __wt_text='' __wt_kept=''
  for ((__wt_i = 0; __wt_i <= COMP_CWORD; __wt_i++)); do
    __wt_piece=\${COMP_WORDS[__wt_i]}
    if ((__wt_i > 0)) && [[ $__wt_line != [[:space:]]* && -n $__wt_piece && $__wt_piece != [\\<\\>\\&]* &&
      $__wt_last != *[\\<\\>\\&] ]]; then
      __wt_words[__wt_n]+=$__wt_piece
    else __wt_words+=("$__wt_piece") __wt_n=$((__wt_n + 1)); fi
    __wt_line=\${__wt_line#"\${__wt_line%%[![:space:]]*}"}
    __wt_line=\${__wt_line#"$__wt_piece"} __wt_last=$__wt_piece
  done
  for ((__wt_i = 0; __wt_i <= __wt_n; __wt_i++)); do
    # What is quoted is no redirection.
    if ((__wt_i < __wt_n)) && [[ \${__wt_words[__wt_i]} != *[\\"\\'\\\\\\$\\~]* ]]; then continue; fi
    __worktime_read "\${__wt_words[__wt_i]}"
    if [[ \${__wt_words[__wt_i]} == [\\<\\>\\&]* || $__wt_text != [\\<\\>\\&]* ]]; then __wt_words[__wt_i]=$__wt_text; fi
  done
  __wt_cur=\${__wt_words[__wt_n]} __wt_head=$__wt_kept
  unset "__wt_words[__wt_n]"
}

# The binary's answer for KIND, from its cache alone: a value and what it is called on each line.
__worktime_ask() {
  local value about width=0 i known='' values=() names=() tool=worktime
  # As typed, where that is a path.
  [[ \${words[0]} == */* ]] && tool=\${words[0]}
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
  local __wt_words=() __wt_cur='' __wt_head=''
  COMPREPLY=()
  __worktime_join
  local IFS=$' \t\n' words=("\${__wt_words[@]}") cur=$__wt_cur head=$__wt_head path='' flag='' given=' ' last='' found=''
  local i count=0 whole='' file='' prefix='' plain='' word
  for ((i = 1; i < \${#words[@]}; i++)); do
    word=\${words[i]}
    # What the shell itself takes: > file, 2> file; >file in one where / parts words.
    if [[ -n $file ]]; then file='' && continue; fi
    if [[ $word == [\\<\\>]* || $word == \\&\\>* ]]; then
      [[ $word == *[\\<\\>\\&\\|] ]] && file=yes
      continue
    fi
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
    count=\${#COMPREPLY[@]}
    for ((i = 0; i < count; i++)); do
      word=$prefix\${COMPREPLY[i]}
      # Found by its name, it cannot follow what readline keeps.
      if [[ $word == "$head"* ]]; then COMPREPLY[i]=\${word#"$head"}; else unset "COMPREPLY[i]"; fi
    done
  fi
  return 0
}

# A path in quotes ends in one.
complete -F _worktime worktime 'worktime"' "worktime'"
`;
