# worktime completion for bash 3.2 and newer. Generated from the command tree: do not edit.
#
# In this shell:     source <(worktime completion bash)
# In every shell:    echo 'source <(worktime completion bash)' >> ~/.bashrc
# Loaded on demand (with the package bash-completion):
#   mkdir -p ~/.local/share/bash-completion/completions
#   worktime completion bash > ~/.local/share/bash-completion/completions/worktime

__worktime_nouns='organization employees attendance reports locks login logout whoami profiles config doctor webhooks runs sandbox api limits openapi completion help'
__worktime_globals='--format --json --output --force --fields --query --sort --no-header --quiet --timezone --profile --sandbox --base-url --max-wait --timeout --max-body --no-input --debug --help'

# noun → verbs
__worktime_verbs() {
  case $1 in
    'organization') found='show' ;;
    'employees') found='list get create update delete restore import export sync' ;;
    'attendance') found='list clock import' ;;
    'reports') found='payroll attendance' ;;
    'locks') found='list history' ;;
    'profiles') found='list show use rename remove' ;;
    'config') found='list get set unset path' ;;
    'webhooks') found='events listen trigger replay audit' ;;
    'runs') found='list show resume undo' ;;
    'sandbox') found='serve reset status keys simulate' ;;
    *) found='' ;;
  esac
}

# command → its own flags
__worktime_flags() {
  case $1 in
    'worktime') found='--version' ;;
    'organization show' | \
    'employees get' | \
    'locks list' | \
    'logout' | \
    'whoami' | \
    'profiles list' | \
    'profiles show' | \
    'profiles use' | \
    'profiles rename' | \
    'config list' | \
    'config get' | \
    'config set' | \
    'config unset' | \
    'config path' | \
    'webhooks events' | \
    'sandbox status' | \
    'sandbox keys' | \
    'limits' | \
    'openapi' | \
    'completion') found='' ;;
    'employees list') found='--page --limit --department --status --all' ;;
    'employees create') found='--name --email --department --position --salary --start-date --data --dry-run' ;;
    'employees update') found='--name --email --department --position --salary --start-date --status --data --dry-run' ;;
    'employees delete' | 'runs undo') found='--dry-run --yes' ;;
    'employees restore') found='--dry-run' ;;
    'employees import' | 'attendance import') found='--on-conflict --map --default --ignore-unknown --decimal --dates --encoding --sheet --concurrency --again --dry-run --yes' ;;
    'employees export') found='--department --status' ;;
    'employees sync') found='--prune --map --default --ignore-unknown --decimal --dates --encoding --sheet --concurrency --dry-run --yes' ;;
    'attendance list') found='--employee --from --to --lock --page --limit --month --all --since --until --last --follow --interval --idle-timeout --max-events --exec --resume' ;;
    'attendance clock') found='--at --lock --notes --dry-run' ;;
    'reports payroll') found='--from --to --employee --month --per-employee --original' ;;
    'reports attendance') found='--from --to --employee --month --chart' ;;
    'locks history') found='--all-locks --since --until --last --method --failed --employee --limit --follow --interval --idle-timeout --max-events --exec --resume --chart' ;;
    'login') found='--key-stdin --key-command' ;;
    'profiles remove') found='--yes' ;;
    'doctor') found='--network' ;;
    'webhooks listen') found='--port --host --path --token --public-url --tunnel --events --record --forward --exec --max-events --idle-timeout' ;;
    'webhooks trigger') found='--to --set --count --rate' ;;
    'webhooks replay') found='--since --to --events --rate' ;;
    'webhooks audit') found='--from --to --record --replay' ;;
    'runs list') found='--limit --all' ;;
    'runs show' | 'help') found='--all' ;;
    'runs resume') found='--yes --dry-run' ;;
    'sandbox serve') found='--port --host --allow-host --memory --seed --employees --fixture --shift --holiday --plan --rate-limit --rate-window --clock --clock-rate --simulate --late-records --duplicate-records --future-records --reordered-records --nameless-records --unknown-records --webhook --webhook-events --webhook-drop --webhook-duplicate --webhook-reorder --latency --fail --drop-after-commit --drop-before-commit --cut-body --hang --bad-reset-header' ;;
    'sandbox reset') found='--seed --employees --fixture --shift --holiday --plan' ;;
    'sandbox simulate') found='--events --rate --late-records --duplicate-records --future-records --reordered-records --nameless-records --unknown-records' ;;
    'api') found='--field --typed-field --data --paginate --include --dry-run --yes' ;;
    *) found='' ;;
  esac
}

# command, position → what belongs there:
# =words, @asked of worktime itself, /file, %command, - anything
__worktime_slot() {
  case $1 in
    'employees get 0' | 'employees update 0') found='@employee' ;;
    'employees delete '* | 'attendance clock 1') found='@active-employee' ;;
    'employees restore '*) found='@inactive-employee' ;;
    'employees import 0' | \
    'employees export 0' | \
    'employees sync 0' | \
    'attendance import 0' | \
    'webhooks replay 0') found='/' ;;
    'attendance clock 0') found='=in out' ;;
    'locks history '*) found='@lock' ;;
    'profiles show 0' | 'profiles use 0' | 'profiles rename 0' | 'profiles remove 0') found='@profile' ;;
    'profiles rename 1') found='-' ;;
    'config get 0' | 'config unset '*) found='@setting' ;;
    'config set '*) found='@assignment' ;;
    'webhooks trigger 0') found='=employee.created employee.updated employee.deleted attendance.clock_in attendance.clock_out penalty.created lock.opened' ;;
    'runs show 0') found='@run' ;;
    'runs resume 0') found='@resumable' ;;
    'runs undo 0') found='@undoable' ;;
    'api 0') found='=GET POST PUT PATCH DELETE /organization /employees /attendance /attendance/clock /reports/payroll /reports/attendance /locks' ;;
    'api 1') found='=/organization /employees /attendance /attendance/clock /reports/payroll /reports/attendance /locks' ;;
    'completion 0') found='=bash zsh fish powershell' ;;
    'help '*) found='%organization employees attendance reports locks login logout whoami profiles config doctor webhooks runs sandbox api limits openapi completion help environment exit-codes formats dates webhooks sandbox scripting' ;;
    *) found='' ;;
  esac
}

# command, flag → what its value may be; empty: a switch; ? it may be left out
__worktime_value() {
  case "$1 $2" in
    'organization show --fields') found='?,id name employees_count timezone currency created_at' ;;
    'organization show --sort') found=':id name employees_count timezone currency created_at' ;;
    'employees list --page' | \
    'employees list --limit' | \
    'employees create --name' | \
    'employees create --email' | \
    'employees create --position' | \
    'employees create --salary' | \
    'employees update --name' | \
    'employees update --email' | \
    'employees update --position' | \
    'employees update --salary' | \
    'employees import --map' | \
    'employees import --default' | \
    'employees import --encoding' | \
    'employees import --sheet' | \
    'employees import --concurrency' | \
    'employees sync --map' | \
    'employees sync --default' | \
    'employees sync --encoding' | \
    'employees sync --sheet' | \
    'employees sync --concurrency' | \
    'attendance list --page' | \
    'attendance list --limit' | \
    'attendance list --last' | \
    'attendance list -n' | \
    'attendance list --max-events' | \
    'attendance list --exec' | \
    'attendance clock --notes' | \
    'attendance import --map' | \
    'attendance import --default' | \
    'attendance import --encoding' | \
    'attendance import --sheet' | \
    'attendance import --concurrency' | \
    'locks history --last' | \
    'locks history -n' | \
    'locks history --limit' | \
    'locks history --max-events' | \
    'locks history --exec' | \
    'login --key-command' | \
    'webhooks listen --port' | \
    'webhooks listen --host' | \
    'webhooks listen --path' | \
    'webhooks listen --token' | \
    'webhooks listen --public-url' | \
    'webhooks listen --tunnel' | \
    'webhooks listen --forward' | \
    'webhooks listen --exec' | \
    'webhooks listen --max-events' | \
    'webhooks trigger --to' | \
    'webhooks trigger --set' | \
    'webhooks trigger --count' | \
    'webhooks trigger --rate' | \
    'webhooks replay --to' | \
    'webhooks replay --rate' | \
    'webhooks audit --from' | \
    'webhooks audit --to' | \
    'webhooks audit --replay' | \
    'runs list --limit' | \
    'sandbox serve --port' | \
    'sandbox serve --host' | \
    'sandbox serve --allow-host' | \
    'sandbox serve --seed' | \
    'sandbox serve --employees' | \
    'sandbox serve --shift' | \
    'sandbox serve --holiday' | \
    'sandbox serve --rate-limit' | \
    'sandbox serve --clock-rate' | \
    'sandbox serve --simulate' | \
    'sandbox serve --webhook' | \
    'sandbox serve --webhook-drop' | \
    'sandbox serve --webhook-duplicate' | \
    'sandbox serve --webhook-reorder' | \
    'sandbox serve --latency' | \
    'sandbox serve --fail' | \
    'sandbox serve --drop-after-commit' | \
    'sandbox serve --drop-before-commit' | \
    'sandbox serve --cut-body' | \
    'sandbox serve --hang' | \
    'sandbox reset --seed' | \
    'sandbox reset --employees' | \
    'sandbox reset --shift' | \
    'sandbox reset --holiday' | \
    'sandbox simulate --events' | \
    'sandbox simulate -n' | \
    'sandbox simulate --rate' | \
    'api --field' | \
    'api -f' | \
    'api --typed-field' | \
    'api -F') found='-' ;;
    'employees list --department' | 'employees create --department' | 'employees update --department' | 'employees export --department') found='@department' ;;
    'employees list --status' | 'employees update --status' | 'employees export --status') found='=active inactive' ;;
    'employees list --fields' | \
    'employees get --fields' | \
    'employees create --fields' | \
    'employees update --fields' | \
    'employees delete --fields' | \
    'employees restore --fields' | \
    'employees export --fields') found='?,id name email department position salary status created_at department_id start_date end_date deleted_at' ;;
    'employees list --sort' | \
    'employees get --sort' | \
    'employees create --sort' | \
    'employees update --sort' | \
    'employees delete --sort' | \
    'employees restore --sort' | \
    'employees export --sort') found=':id name email department position salary status created_at department_id start_date end_date deleted_at' ;;
    'employees create --start-date' | \
    'employees update --start-date' | \
    'attendance list --from' | \
    'attendance list --to' | \
    'reports payroll --from' | \
    'reports payroll --to' | \
    'reports attendance --from' | \
    'reports attendance --to') found='=today yesterday -7d -30d this-week last-week this-month last-month' ;;
    'employees create --data' | \
    'employees update --data' | \
    'webhooks listen --record' | \
    'webhooks audit --record' | \
    'api --data') found='/' ;;
    'employees import --on-conflict') found='=skip update fail' ;;
    'employees import --decimal' | 'employees sync --decimal' | 'attendance import --decimal') found='=comma point' ;;
    'employees import --dates' | 'employees sync --dates' | 'attendance import --dates') found='=dmy mdy' ;;
    'employees import --fields' | \
    'employees sync --fields' | \
    'attendance import --fields' | \
    'runs list --fields' | \
    'runs resume --fields' | \
    'runs undo --fields') found='?,id kind started_at status file total done refused unclear unknown pending skipped organization base_url of' ;;
    'employees import --sort' | \
    'employees sync --sort' | \
    'attendance import --sort' | \
    'runs list --sort' | \
    'runs resume --sort' | \
    'runs undo --sort') found=':id kind started_at status file total done refused unclear unknown pending skipped organization base_url of' ;;
    'attendance list --employee' | 'reports payroll --employee' | 'reports attendance --employee' | 'locks history --employee') found='@employee' ;;
    'attendance list --lock' | 'attendance clock --lock') found='@lock' ;;
    'attendance list --month' | 'reports payroll --month' | 'reports attendance --month') found='=this-month last-month' ;;
    'attendance list --since' | \
    'attendance list --until' | \
    'attendance clock --at' | \
    'locks history --since' | \
    'locks history --until' | \
    'webhooks replay --since' | \
    'sandbox serve --clock') found='=now -15m -1h' ;;
    'attendance list --interval' | \
    'attendance list --idle-timeout' | \
    'locks history --interval' | \
    'locks history --idle-timeout' | \
    'webhooks listen --idle-timeout' | \
    'sandbox serve --rate-window') found='=10s 30s 1m 5m 1h' ;;
    'attendance list --resume' | 'locks history --resume') found='@resume' ;;
    'attendance list --fields' | 'attendance clock --fields') found='?,id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id' ;;
    'attendance list --sort' | 'attendance clock --sort') found=':id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id' ;;
    'attendance import --on-conflict') found='=skip fail' ;;
    'reports payroll --fields') found='?,employee_id employee_name department position annual_salary scheduled_days days_worked days_absent work_hours overtime_hours late_minutes early_departure_minutes base_pay overtime_pay absence_deduction late_penalty early_departure_penalty total_penalties total_pay warnings' ;;
    'reports payroll --sort') found=':employee_id employee_name department position annual_salary scheduled_days days_worked days_absent work_hours overtime_hours late_minutes early_departure_minutes base_pay overtime_pay absence_deduction late_penalty early_departure_penalty total_penalties total_pay warnings' ;;
    'reports attendance --chart') found='?=weekday hours' ;;
    'reports attendance --fields') found='?,employee_id employee_name department scheduled_days days_present days_absent late_arrivals late_minutes early_departures early_departure_minutes work_hours overtime_hours missing_clock_outs' ;;
    'reports attendance --sort') found=':employee_id employee_name department scheduled_days days_present days_absent late_arrivals late_minutes early_departures early_departure_minutes work_hours overtime_hours missing_clock_outs' ;;
    'locks list --fields') found='?,id name location status battery_level has_gateway last_seen_at created_at' ;;
    'locks list --sort') found=':id name location status battery_level has_gateway last_seen_at created_at' ;;
    'locks history --method') found='=app passcode card fingerprint wristband face palm_vein qr_code remote gateway mechanical_key inside auto_lock' ;;
    'locks history --chart') found='?=method hour weekday' ;;
    'locks history --fields') found='?,timestamp lock_id employee_id employee_name access_method success failure_reason received_at id' ;;
    'locks history --sort') found=':timestamp lock_id employee_id employee_name access_method success failure_reason received_at id' ;;
    'login --fields') found='?,profile organization organization_id base_url key scope in_use' ;;
    'login --sort') found=':profile organization organization_id base_url key scope in_use' ;;
    'logout --fields') found='?,profile forgotten' ;;
    'logout --sort') found=':profile forgotten' ;;
    'whoami --fields') found='?,profile profile_source organization organization_id organization_source base_url base_url_source key key_source scope shadowed_key timezone timezone_source format format_source max_wait max_wait_source project_file config_file' ;;
    'whoami --sort') found=':profile profile_source organization organization_id organization_source base_url base_url_source key key_source scope shadowed_key timezone timezone_source format format_source max_wait max_wait_source project_file config_file' ;;
    'profiles list --fields' | 'profiles show --fields' | 'profiles use --fields' | 'profiles rename --fields') found='?,name in_use organization organization_id base_url key scope' ;;
    'profiles list --sort' | 'profiles show --sort' | 'profiles use --sort' | 'profiles rename --sort') found=':name in_use organization organization_id base_url key scope' ;;
    'profiles remove --fields') found='?,name removed' ;;
    'profiles remove --sort') found=':name removed' ;;
    'config list --fields' | 'config set --fields' | 'config unset --fields') found='?,key value profile' ;;
    'config list --sort' | 'config set --sort' | 'config unset --sort') found=':key value profile' ;;
    'doctor --fields') found='?,check status detail next' ;;
    'doctor --sort') found=':check status detail next' ;;
    'webhooks events --fields') found='?,event meaning example' ;;
    'webhooks events --sort') found=':event meaning example' ;;
    'webhooks listen --events' | 'webhooks replay --events' | 'sandbox serve --webhook-events') found=',employee.created employee.updated employee.deleted attendance.clock_in attendance.clock_out penalty.created lock.opened' ;;
    'webhooks listen --fields' | 'webhooks replay --fields' | 'webhooks audit --fields') found='?,timestamp event who where method' ;;
    'webhooks listen --sort' | 'webhooks replay --sort' | 'webhooks audit --sort') found=':timestamp event who where method' ;;
    'webhooks trigger --fields') found='?,timestamp event who result status took_ms' ;;
    'webhooks trigger --sort') found=':timestamp event who result status took_ms' ;;
    'runs show --fields') found='?,row action key state id reason next started_at base_url of' ;;
    'runs show --sort') found=':row action key state id reason next started_at base_url of' ;;
    'sandbox serve --fixture' | 'sandbox reset --fixture') found='=january-2024' ;;
    'sandbox serve --timezone' | 'sandbox reset --timezone') found='@zone' ;;
    'sandbox serve --plan' | 'sandbox reset --plan') found='=free paid enterprise' ;;
    'sandbox serve --late-records' | \
    'sandbox serve --duplicate-records' | \
    'sandbox serve --future-records' | \
    'sandbox serve --reordered-records' | \
    'sandbox serve --nameless-records' | \
    'sandbox serve --unknown-records' | \
    'sandbox simulate --late-records' | \
    'sandbox simulate --duplicate-records' | \
    'sandbox simulate --future-records' | \
    'sandbox simulate --reordered-records' | \
    'sandbox simulate --nameless-records' | \
    'sandbox simulate --unknown-records') found='?-' ;;
    'sandbox serve --bad-reset-header') found='?=absent word negative ms far' ;;
    'sandbox reset --fields') found='?,seed fixture employees timezone shift holidays plan made_at' ;;
    'sandbox reset --sort') found=':seed fixture employees timezone shift holidays plan made_at' ;;
    'sandbox status --fields') found='?,exists directory seed fixture employees timezone shift holidays plan made_at history_from history_to employees_now writes' ;;
    'sandbox status --sort') found=':exists directory seed fixture employees timezone shift holidays plan made_at history_from history_to employees_now writes' ;;
    'sandbox keys --fields') found='?,key scope may' ;;
    'sandbox keys --sort') found=':key scope may' ;;
    'sandbox simulate --fields') found='?,at kind employee_id lock_id access_method timestamp success id' ;;
    'sandbox simulate --sort') found=':at kind employee_id lock_id access_method timestamp success id' ;;
    'limits --fields') found='?,limit remaining used resets_at resets_in_seconds last_seen.at last_seen.remaining last_seen.limit' ;;
    'limits --sort') found=':limit remaining used resets_at resets_in_seconds last_seen.at last_seen.remaining last_seen.limit' ;;
    *) __worktime_global_value "$2" ;;
  esac
}

__worktime_global_value() {
  case $1 in
    '--format') found='=table json ndjson csv excel' ;;
    '--output' | '-o') found='/' ;;
    '--fields') found='?-' ;;
    '--query' | '--sort' | '--base-url' | '--max-body') found='-' ;;
    '--timezone') found='@zone' ;;
    '--profile') found='@profile' ;;
    '--max-wait' | '--timeout') found='=10s 30s 1m 5m 1h' ;;
    *) found='' ;;
  esac
}

__worktime_repeated() {
  case $1 in 'employees import --map' | 'employees import --default' | 'employees sync --map' | 'employees sync --default' | 'attendance import --map' | 'attendance import --default' | 'locks history --method' | 'webhooks listen --forward' | 'webhooks trigger --set' | 'sandbox serve --allow-host' | 'sandbox serve --holiday' | 'sandbox serve --webhook' | 'sandbox reset --holiday' | 'api --field' | 'api --typed-field') return 0 ;; *) return 1 ;; esac
}

# What is local while words are read begins with __wt_: a $NAME of the line is looked up there, and must not be found here.

# A word as bash will read it, in text: quotes, backslashes, ~ and $NAME. Nothing in it is run. In kept the beginning that
# readline keeps: all up to a quote that is open, else to the last word break.
__worktime_read() {
  local __wt_rest=$1 __wt_quote='' __wt_sign __wt_name='^\{?([A-Za-z_][A-Za-z_0-9]*)\}?'
  __wt_text='' __wt_kept=''
  if [[ $__wt_rest == \~/* ]]; then __wt_text=$HOME __wt_rest=${__wt_rest:1}; fi
  while [[ -n $__wt_rest ]]; do
    __wt_sign=${__wt_rest:0:1} __wt_rest=${__wt_rest:1}
    if [[ $__wt_sign == "$__wt_quote" ]]; then __wt_quote='' __wt_kept=$__wt_text
    elif [[ -z $__wt_quote && $__wt_sign == [\"\'] ]]; then __wt_quote=$__wt_sign __wt_kept=$__wt_text
    elif [[ $__wt_sign == \\ && $__wt_quote != \' ]]; then __wt_text+=${__wt_rest:0:1} __wt_rest=${__wt_rest:1}
    elif [[ $__wt_sign == \$ && $__wt_quote != \' && $__wt_rest =~ $__wt_name ]]; then
      __wt_rest=${__wt_rest:${#BASH_REMATCH[0]}} __wt_name=${BASH_REMATCH[1]}
      __wt_text+=${!__wt_name-} __wt_name='^\{?([A-Za-z_][A-Za-z_0-9]*)\}?'
    else
      __wt_text+=$__wt_sign
      # readline takes an @ for the beginning of the word that it replaces.
      if [[ -z $__wt_quote && $COMP_WORDBREAKS == *"$__wt_sign"* ]]; then __wt_kept=${__wt_text%@}; fi
    fi
  done
}

# bash parts words at = : and whatever else COMP_WORDBREAKS has. Here they are whole again, as bash will read them: those
# before the cursor in words, its own in cur, and in head the beginning of cur that readline keeps.
__worktime_join() {
  local __wt_line=$COMP_LINE __wt_piece __wt_last='' __wt_i __wt_n=-1 __wt_text='' __wt_kept=''
  for ((__wt_i = 0; __wt_i <= COMP_CWORD; __wt_i++)); do
    __wt_piece=${COMP_WORDS[__wt_i]}
    if ((__wt_i > 0)) && [[ $__wt_line != [[:space:]]* && -n $__wt_piece && $__wt_piece != [\<\>\&]* &&
      $__wt_last != *[\<\>\&] ]]; then
      __wt_words[__wt_n]+=$__wt_piece
    else __wt_words+=("$__wt_piece") __wt_n=$((__wt_n + 1)); fi
    __wt_line=${__wt_line#"${__wt_line%%[![:space:]]*}"}
    __wt_line=${__wt_line#"$__wt_piece"} __wt_last=$__wt_piece
  done
  for ((__wt_i = 0; __wt_i <= __wt_n; __wt_i++)); do
    # What is quoted is no redirection.
    if ((__wt_i < __wt_n)) && [[ ${__wt_words[__wt_i]} != *[\"\'\\\$\~]* ]]; then continue; fi
    __worktime_read "${__wt_words[__wt_i]}"
    if [[ ${__wt_words[__wt_i]} == [\<\>\&]* || $__wt_text != [\<\>\&]* ]]; then __wt_words[__wt_i]=$__wt_text; fi
  done
  __wt_cur=${__wt_words[__wt_n]} __wt_head=$__wt_kept
  unset "__wt_words[__wt_n]"
}

# The binary's answer for KIND, from its cache alone: a value and what it is called on each line.
__worktime_ask() {
  local value about width=0 i known='' values=() names=() tool=worktime
  # As typed, where that is a path.
  [[ ${words[0]} == */* ]] && tool=${words[0]}
  while IFS=$'\t' read -r value about; do
    [[ -n $value ]] || continue
    values+=("$value") names+=("$about")
    [[ $value == "$cur"* ]] && known=yes
    ((${#value} > width)) && width=${#value}
  done < <(command "$tool" __complete "$1" ":$cur" "${words[@]:1}" 2>/dev/null)
  ((${#values[@]})) || return 0
  type compopt &>/dev/null && compopt -o nosort 2>/dev/null
  # One answer is inserted, and menu completion inserts each: then the value stands alone.
  if ((${#values[@]} == 1)) || [[ $COMP_TYPE == 37 || $COMP_TYPE == 42 ]]; then
    COMPREPLY=("${values[@]}")
    # What ends in a dot goes on.
    [[ ${values[0]} == *. ]] && type compopt &>/dev/null && compopt -o nospace
    return 0
  fi
  for ((i = 0; i < ${#values[@]}; i++)); do
    [[ -n ${names[i]} ]] && printf -v value '%-*s  (%s)' "$width" "${values[i]}" "${names[i]}" || value=${values[i]}
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
  [[ $cur == *,* ]] && head=${cur%,*},
  for word in $1; do
    [[ ,$head == *",$word,"* || $head$word != "$cur"* ]] || COMPREPLY+=("$head$word")
  done
  if type compopt &>/dev/null; then compopt -o nospace; fi
}

# A column, and after a colon the direction.
__worktime_sort() {
  if [[ $cur == *:* ]]; then __worktime_words "${cur%%:*}:asc ${cur%%:*}:desc"; else __worktime_words "$1"; fi
}

__worktime_files() {
  # Readline completes file names best itself: quotes, ~ and folders.
  if type compopt &>/dev/null; then compopt -o default; else
    local IFS=$'\n'
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}

__worktime_offer() {
  case $1 in
    =*) __worktime_words "${1:1}" ;;
    ,*) __worktime_list "${1:1}" ;;
    :*) __worktime_sort "${1:1}" ;;
    @*) __worktime_ask "${1:1}" ;;
    /) __worktime_files ;;
    %*) if [[ -n $2 ]]; then __worktime_verbs "$2"; __worktime_words "$found"; else __worktime_words "${1:1}"; fi ;;
  esac
}

# The flags that are left: none twice, but those that may be repeated.
__worktime_offer_flags() {
  local flag
  __worktime_flags "${path:-worktime}"
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
  local IFS=$' 	
' words=("${__wt_words[@]}") cur=$__wt_cur head=$__wt_head path='' flag='' given=' ' last='' found=''
  local i count=0 whole='' file='' prefix='' plain='' word
  for ((i = 1; i < ${#words[@]}; i++)); do
    word=${words[i]}
    # What the shell itself takes: > file, 2> file; >file in one where / parts words.
    if [[ -n $file ]]; then file='' && continue; fi
    if [[ $word == [\<\>]* || $word == \&\>* ]]; then
      [[ $word == *[\<\>\&\|] ]] && file=yes
      continue
    fi
    if [[ $word == [0-9] && ${words[i + 1]-$cur} == [\<\>]* ]]; then continue; fi
    if [[ -n $flag ]]; then
      __worktime_value "$path" "$flag"
      flag=''
      [[ $found == \?* && $word == -* ]] || continue
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
      --*=*) given="$given${word%%=*} " ;;
      *)
        given="$given$word "
        __worktime_value "$path" "$word"
        [[ -n $found ]] && flag=$word
        ;;
    esac
  done
  if [[ -z $flag && -z $plain && $cur == --*=* ]]; then flag=${cur%%=*} prefix=$flag= cur=${cur#*=}; fi

  if [[ -n $file || $cur == [\<\>]* ]]; then __worktime_files
  elif [[ -n $flag ]]; then
    __worktime_value "$path" "$flag"
    if [[ $found == \?* && -z $prefix && $cur == -* ]]; then __worktime_offer_flags
    else __worktime_offer "${found#\?}"; fi
  elif [[ -z $plain && $cur == -* ]]; then __worktime_offer_flags
  elif [[ -z $path ]]; then __worktime_words "$__worktime_nouns"
  elif [[ -z $whole ]]; then __worktime_verbs "$path"; __worktime_words "$found"
  else
    __worktime_slot "$path $count"
    if [[ -n $found ]]; then __worktime_offer "$found" "$last"
    elif [[ -z $plain && -z $cur ]]; then __worktime_offer_flags; fi
  fi
  if [[ -n $prefix$head ]]; then
    count=${#COMPREPLY[@]}
    for ((i = 0; i < count; i++)); do
      word=$prefix${COMPREPLY[i]}
      # Found by its name, it cannot follow what readline keeps.
      if [[ $word == "$head"* ]]; then COMPREPLY[i]=${word#"$head"}; else unset "COMPREPLY[i]"; fi
    done
  fi
  return 0
}

# A path in quotes ends in one.
complete -F _worktime worktime 'worktime"' "worktime'"
