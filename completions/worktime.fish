# worktime completion for fish. Generated from the command tree: do not edit.
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
        for piece in (string match -ar -- '(?:[0-9]+|&)?[<>]+[?&]?|(?:\\\\.|"(?:\\\\.|[^"\\\\])*"|\'(?:\\\\.|[^\'\\\\])*\'|\\([^()]*\\)|[^\\s<>\\\\"\'])+' (commandline -pc | string collect))
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
            case --format --output -o --query --sort --timezone --profile --base-url --max-wait --timeout --max-body --page --limit --department --status --name --email --position --salary --start-date --data --on-conflict --map --default --decimal --dates --encoding --sheet --concurrency --employee --from --to --lock --month --since --until --last -n --interval --idle-timeout --max-events --exec --resume --at --notes --method --key-command --port --host --path --token --public-url --tunnel --events --record --forward --set --count --rate --replay --allow-host --seed --employees --fixture --shift --holiday --plan --rate-limit --rate-window --clock --clock-rate --simulate --webhook --webhook-events --webhook-drop --webhook-duplicate --webhook-reorder --latency --fail --drop-after-commit --drop-before-commit --cut-body --hang --field -f --typed-field -F
                set waiting $word
                set may_be_flag no
            case --fields --chart --late-records --duplicate-records --future-records --reordered-records --nameless-records --unknown-records --bad-reset-header
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
    commandline -ct | string replace -r -- '^--[^=]*=' '' | string replace -r '^["\']' '' | string replace -ra '\\\\(.)' '$1'
end

# The binary's answer for a kind, from its cache alone: a value and what it is called on each line.
function __worktime_ask
    __worktime_read
    # As typed, where that is a path.
    set -l tool (string replace -r '^(~|\$HOME)/' "$HOME/" -- "$__worktime_words[1]")
    string match -q -- '*/*' "$tool"; or set tool worktime
    command -q -- $tool; or return
    set -l current (__worktime_current)
    set -l flag (string match -r -- '^--[^=]*=' (commandline -ct))
    for line in (command $tool __complete $argv[1] ":$current" $__worktime_words[2..-1] 2>/dev/null)
        # What is found by its name takes the place of the flag as well.
        test (string sub -l (string length -- "$current") -- $line) = "$current"; or set line "$flag$line"
        # A value without a description would be given that of its flag.
        string match -q -- \*\t\* $line; and echo $line; or printf '%s\t\n' $line
    end
end

# A column, and after a colon the direction.
function __worktime_sort
    set -l column (string match -r -- '^(.*):' (__worktime_current))[2]
    if test -n "$column"
        printf '%s\t\n' $column:asc $column:desc
    else
        printf '%s\t\n' $argv
    end
end

# Words joined by commas: the next one, and none twice.
function __worktime_list
    set -l current (__worktime_current)
    set -l head (string match -r -- '.*,' $current)
    for word in $argv
        contains -- $word (string split , -- "$head"); or printf '%s\t\n' "$head$word"
    end
end

# A command or a topic; after a noun, its verbs.
function __worktime_topics
    __worktime_read
    switch "$__worktime_path[-1]"
        case help
            string split ' ' -- 'organization employees attendance reports locks login logout whoami profiles config doctor webhooks runs sandbox api limits openapi completion help environment exit-codes formats dates scripting'
        case organization
            string split ' ' -- 'show'
        case employees
            string split ' ' -- 'list get create update delete restore import export sync'
        case attendance
            string split ' ' -- 'list clock import'
        case reports
            string split ' ' -- 'payroll attendance'
        case locks
            string split ' ' -- 'list history'
        case profiles
            string split ' ' -- 'list show use rename remove'
        case config
            string split ' ' -- 'list get set unset path'
        case webhooks
            string split ' ' -- 'events listen trigger replay audit'
        case runs
            string split ' ' -- 'list show resume undo'
        case sandbox
            string split ' ' -- 'serve reset status keys simulate'
    end
end

complete -c worktime -f
complete -c worktime -n '__worktime_in "*" --format' -l format -x -ka 'table\\t json\\t ndjson\\t csv\\t excel\\t' -d 'Shape of the output; excel saves a workbook'
complete -c worktime -n '__worktime_in "*" --json' -l json -f -d 'Short for --format json'
complete -c worktime -n '__worktime_in "*" --output -o' -s o -l output -r -F -d 'Write to a file, whole or not at all; its ending gives the format'
complete -c worktime -n '__worktime_in "*" --force' -l force -f -d 'Let -o replace an existing file'
complete -c worktime -n '__worktime_in "*" --fields' -l fields -x -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "*" --query' -l query -x -d 'Filter and reshape the whole result'
complete -c worktime -n '__worktime_in "*" --sort' -l sort -x -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_in "*" --no-header' -l no-header -f -d 'Leave out the header of a table or CSV'
complete -c worktime -n '__worktime_in "*" --quiet -q' -s q -l quiet -f -d 'Print IDs alone, with --json as an array; no notes'
complete -c worktime -n '__worktime_in "*" --timezone' -l timezone -x -ka '(__worktime_ask zone)' -d 'Whose days and times are meant; default: the organization\'s'
complete -c worktime -n '__worktime_in "*" --profile' -l profile -x -ka '(__worktime_ask profile)' -d 'Use this profile'
complete -c worktime -n '__worktime_in "*" --sandbox' -l sandbox -f -d 'Use the embedded sandbox: no account, no network'
complete -c worktime -n '__worktime_in "*" --base-url' -l base-url -x -d 'Use another address of the API'
complete -c worktime -n '__worktime_in "*" --max-wait' -l max-wait -x -ka '10s\\t 30s\\t 1m\\t 5m\\t 1h\\t' -d 'Longest wait for a rate limit (default 60s, 0 never)'
complete -c worktime -n '__worktime_in "*" --timeout' -l timeout -x -ka '10s\\t 30s\\t 1m\\t 5m\\t 1h\\t' -d 'Limit for each whole attempt (default 30s)'
complete -c worktime -n '__worktime_in "*" --max-body' -l max-body -x -d 'Largest answer accepted, as decoded (default 64MiB)'
complete -c worktime -n '__worktime_in "*" --no-input' -l no-input -f -d 'Never ask anything'
complete -c worktime -n '__worktime_in "*" --debug' -l debug -f -d 'Print each request, the key masked, and stack traces'
complete -c worktime -n '__worktime_in "*" --help -h' -s h -l help -f -d 'Show help; with --json as data'
complete -c worktime -n '__worktime_at 0; and __worktime_in "*" --version -V' -s V -l version -f -d 'Show the version; with --json Node and platform too'

complete -c worktime -n '__worktime_at 0' -a organization -d 'The organization that the key belongs to'
complete -c worktime -n '__worktime_at 0' -a employees -d 'List, show, add, change, delete, restore, import and sync employees'
complete -c worktime -n '__worktime_at 0' -a attendance -d 'List attendance, clock people in and out, import punches'
complete -c worktime -n '__worktime_at 0' -a reports -d 'Payroll and attendance reports, as tables or Excel workbooks'
complete -c worktime -n '__worktime_at 0' -a locks -d 'Smart locks, and who opened them'
complete -c worktime -n '__worktime_at 0' -a login -d 'Save a key as a profile'
complete -c worktime -n '__worktime_at 0' -a logout -d 'Forget a profile\'s key'
complete -c worktime -n '__worktime_at 0' -a whoami -d 'Show the profile, organization and key in force, and where each came from'
complete -c worktime -n '__worktime_at 0' -a profiles -d 'List, show, choose, rename and remove profiles'
complete -c worktime -n '__worktime_at 0' -a config -d 'Defaults and aliases'
complete -c worktime -n '__worktime_at 0' -a doctor -d 'Check the installation, configuration, key and connection'
complete -c worktime -n '__worktime_at 0' -a webhooks -d 'Listen to, trigger, replay and audit webhooks'
complete -c worktime -n '__worktime_at 0' -a runs -d 'Journals of bulk work: list, show, resume, undo'
complete -c worktime -n '__worktime_at 0' -a sandbox -d 'The embedded API: serve, reset, status, keys, simulate'
complete -c worktime -n '__worktime_at 0' -a api -d 'Call any path of the API'
complete -c worktime -n '__worktime_at 0' -a limits -d 'Show the rate limit, as last seen and now'
complete -c worktime -n '__worktime_at 0' -a openapi -d 'Print the OpenAPI 3.1 document of the API'
complete -c worktime -n '__worktime_at 0' -a completion -d 'Print a completion script for bash, zsh, fish or PowerShell'
complete -c worktime -n '__worktime_at 0' -a help -d 'Help on a command or a topic'

complete -c worktime -n '__worktime_at 0 organization' -a show -d 'Show the organization that the key belongs to'
complete -c worktime -n '__worktime_at 0 employees' -a list -d 'List employees, a page at a time or all of them'
complete -c worktime -n '__worktime_at 0 employees' -a get -d 'Show one employee'
complete -c worktime -n '__worktime_at 0 employees' -a create -d 'Add an employee'
complete -c worktime -n '__worktime_at 0 employees' -a update -d 'Change fields of an employee'
complete -c worktime -n '__worktime_at 0 employees' -a delete -d 'Delete employees; they can be restored'
complete -c worktime -n '__worktime_at 0 employees' -a restore -d 'Bring deleted employees back'
complete -c worktime -n '__worktime_at 0 employees' -a import -d 'Add employees from a file, every row once'
complete -c worktime -n '__worktime_at 0 employees' -a export -d 'Save every employee in a file that `employees sync` reads'
complete -c worktime -n '__worktime_at 0 employees' -a sync -d 'Make the organization what a file says: creates, updates and, with --prune, deletes'
complete -c worktime -n '__worktime_at 0 attendance' -a list -d 'List attendance records'
complete -c worktime -n '__worktime_at 0 attendance' -a clock -d 'Clock an employee in or out'
complete -c worktime -n '__worktime_at 0 attendance' -a import -d 'Record punches from a file, every row once'
complete -c worktime -n '__worktime_at 0 reports' -a payroll -d 'Calculate pay: salaries, overtime and penalties'
complete -c worktime -n '__worktime_at 0 reports' -a attendance -d 'Sum up attendance: hours, lateness and absences'
complete -c worktime -n '__worktime_at 0 locks' -a list -d 'List the connected smart locks'
complete -c worktime -n '__worktime_at 0 locks' -a history -d 'Show who opened a lock, when and how; with --follow, as it happens'
complete -c worktime -n '__worktime_at 0 profiles' -a list -d 'List the profiles'
complete -c worktime -n '__worktime_at 0 profiles' -a show -d 'Show a profile'
complete -c worktime -n '__worktime_at 0 profiles' -a use -d 'Choose the profile that commands use'
complete -c worktime -n '__worktime_at 0 profiles' -a rename -d 'Give a profile another name'
complete -c worktime -n '__worktime_at 0 profiles' -a remove -d 'Remove a profile with its key, aliases and defaults'
complete -c worktime -n '__worktime_at 0 config' -a list -d 'List the defaults and aliases'
complete -c worktime -n '__worktime_at 0 config' -a get -d 'Print the value of a setting'
complete -c worktime -n '__worktime_at 0 config' -a set -d 'Set a default or an alias'
complete -c worktime -n '__worktime_at 0 config' -a unset -d 'Remove defaults or aliases'
complete -c worktime -n '__worktime_at 0 config' -a path -d 'Print the path of the configuration file'
complete -c worktime -n '__worktime_at 0 webhooks' -a events -d 'List the webhook events, what each means and an example'
complete -c worktime -n '__worktime_at 0 webhooks' -a listen -d 'Receive webhooks: show, record and forward them'
complete -c worktime -n '__worktime_at 0 webhooks' -a trigger -d 'Send a made-up event to a handler'
complete -c worktime -n '__worktime_at 0 webhooks' -a replay -d 'Send recorded events again, or show them'
complete -c worktime -n '__worktime_at 0 webhooks' -a audit -d 'List what happened and never arrived as a webhook'
complete -c worktime -n '__worktime_at 0 runs' -a list -d 'List imports, syncs, undos, and single creates and punches, the newest first'
complete -c worktime -n '__worktime_at 0 runs' -a show -d 'Show a run and its rows that are not done, each with what to do'
complete -c worktime -n '__worktime_at 0 runs' -a resume -d 'Go on with a run: what is left, what is unclear, and what was refused'
complete -c worktime -n '__worktime_at 0 runs' -a undo -d 'Take a run back: created → deleted, updated → put back, deleted → restored'
complete -c worktime -n '__worktime_at 0 sandbox' -a serve -d 'Serve the sandbox over HTTP, as pleasant or unpleasant as asked'
complete -c worktime -n '__worktime_at 0 sandbox' -a reset -d 'Make the sandbox anew'
complete -c worktime -n '__worktime_at 0 sandbox' -a status -d 'Show what the sandbox is made of and what has changed'
complete -c worktime -n '__worktime_at 0 sandbox' -a keys -d 'Show the keys that open the sandbox'
complete -c worktime -n '__worktime_at 0 sandbox' -a simulate -d 'Let people come and go in the sandbox'

# organization show
complete -c worktime -n '__worktime_in "organization show" --fields' -l fields -x -ka '(__worktime_list id name employees_count timezone currency created_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "organization show" --sort' -l sort -x -ka '(__worktime_sort id name employees_count timezone currency created_at)' -d 'Sort the rows that are shown by a field'
# employees list
complete -c worktime -n '__worktime_in "employees list" --page' -l page -x -d 'Which page, from 1'
complete -c worktime -n '__worktime_in "employees list" --limit' -l limit -x -d 'Rows a page, 1 to 100'
complete -c worktime -n '__worktime_in "employees list" --department' -l department -x -ka '(__worktime_ask department)' -d 'Only this department: its ID, alias or name'
complete -c worktime -n '__worktime_in "employees list" --status' -l status -x -ka 'active\\t inactive\\t' -d 'Only employees of this status'
complete -c worktime -n '__worktime_in "employees list" --all' -l all -f -d 'Every page, streamed'
complete -c worktime -n '__worktime_in "employees list" --fields' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "employees list" --sort' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
# employees get
complete -c worktime -n '__worktime_in "employees get" --fields' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "employees get" --sort' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 employees get' -f -ka '(__worktime_ask employee)'
# employees create
complete -c worktime -n '__worktime_in "employees create" --name' -l name -x -d 'Full name'
complete -c worktime -n '__worktime_in "employees create" --email' -l email -x -d 'E-mail address'
complete -c worktime -n '__worktime_in "employees create" --department' -l department -x -ka '(__worktime_ask department)' -d 'Department\'s ID, alias or name'
complete -c worktime -n '__worktime_in "employees create" --position' -l position -x -d 'Job title'
complete -c worktime -n '__worktime_in "employees create" --salary' -l salary -x -d 'A year\'s salary'
complete -c worktime -n '__worktime_in "employees create" --start-date' -l start-date -x -ka 'today\\t yesterday\\t -7d\\t -30d\\t this-week\\t last-week\\t this-month\\t last-month\\t' -d 'First working day'
complete -c worktime -n '__worktime_in "employees create" --data' -l data -r -F -d 'Take fields from a JSON object in a file, or - for standard input'
complete -c worktime -n '__worktime_in "employees create" --dry-run' -l dry-run -f -d 'Print the request and send nothing'
complete -c worktime -n '__worktime_in "employees create" --fields' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "employees create" --sort' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
# employees update
complete -c worktime -n '__worktime_in "employees update" --name' -l name -x -d 'Full name'
complete -c worktime -n '__worktime_in "employees update" --email' -l email -x -d 'E-mail address'
complete -c worktime -n '__worktime_in "employees update" --department' -l department -x -ka '(__worktime_ask department)' -d 'Department\'s ID, alias or name'
complete -c worktime -n '__worktime_in "employees update" --position' -l position -x -d 'Job title'
complete -c worktime -n '__worktime_in "employees update" --salary' -l salary -x -d 'A year\'s salary'
complete -c worktime -n '__worktime_in "employees update" --start-date' -l start-date -x -ka 'today\\t yesterday\\t -7d\\t -30d\\t this-week\\t last-week\\t this-month\\t last-month\\t' -d 'First working day'
complete -c worktime -n '__worktime_in "employees update" --status' -l status -x -ka 'active\\t inactive\\t' -d 'Whether the employee works here'
complete -c worktime -n '__worktime_in "employees update" --data' -l data -r -F -d 'Take fields from a JSON object in a file, or - for standard input'
complete -c worktime -n '__worktime_in "employees update" --dry-run' -l dry-run -f -d 'Print the request and send nothing'
complete -c worktime -n '__worktime_in "employees update" --fields' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "employees update" --sort' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 employees update' -f -ka '(__worktime_ask employee)'
# employees delete
complete -c worktime -n '__worktime_in "employees delete" --dry-run' -l dry-run -f -d 'Print the request and send nothing'
complete -c worktime -n '__worktime_in "employees delete" --yes -y' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_in "employees delete" --fields' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "employees delete" --sort' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at +0 employees delete' -f -ka '(__worktime_ask active-employee)'
# employees restore
complete -c worktime -n '__worktime_in "employees restore" --dry-run' -l dry-run -f -d 'Print the request and send nothing'
complete -c worktime -n '__worktime_in "employees restore" --fields' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "employees restore" --sort' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at +0 employees restore' -f -ka '(__worktime_ask inactive-employee)'
# employees import
complete -c worktime -n '__worktime_in "employees import" --on-conflict' -l on-conflict -x -ka 'skip\\t update\\t fail\\t' -d 'When the e-mail address exists already (default fail)'
complete -c worktime -n '__worktime_in "employees import"' -l map -x -d 'A column of the file is this field'
complete -c worktime -n '__worktime_in "employees import"' -l default -x -d 'For rows whose cell is empty'
complete -c worktime -n '__worktime_in "employees import" --ignore-unknown' -l ignore-unknown -f -d 'Leave out columns that are no field'
complete -c worktime -n '__worktime_in "employees import" --decimal' -l decimal -x -ka 'comma\\t point\\t' -d 'Numbers are written 65.000,50 or 65,000.50 (default plain: 65000.50)'
complete -c worktime -n '__worktime_in "employees import" --dates' -l dates -x -ka 'dmy\\t mdy\\t' -d 'Dates are written 31.12.2024 or 12/31/2024 (default 2024-12-31)'
complete -c worktime -n '__worktime_in "employees import" --encoding' -l encoding -x -d 'Of a text that is not UTF-8, such as windows-1252'
complete -c worktime -n '__worktime_in "employees import" --sheet' -l sheet -x -d 'Worksheet of an Excel file; default: the first'
complete -c worktime -n '__worktime_in "employees import" --concurrency' -l concurrency -x -d 'Requests at once (default 8)'
complete -c worktime -n '__worktime_in "employees import" --again' -l again -f -d 'Do it once more although this file was imported already'
complete -c worktime -n '__worktime_in "employees import" --dry-run' -l dry-run -f -d 'Show the plan: it reads from the API and changes nothing'
complete -c worktime -n '__worktime_in "employees import" --yes -y' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_in "employees import" --fields' -l fields -x -ka '(__worktime_list id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "employees import" --sort' -l sort -x -ka '(__worktime_sort id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 employees import' -F
# employees export
complete -c worktime -n '__worktime_in "employees export" --department' -l department -x -ka '(__worktime_ask department)' -d 'Only this department: its ID, alias or name'
complete -c worktime -n '__worktime_in "employees export" --status' -l status -x -ka 'active\\t inactive\\t' -d 'Only employees of this status'
complete -c worktime -n '__worktime_in "employees export" --fields' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "employees export" --sort' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 employees export' -F
# employees sync
complete -c worktime -n '__worktime_in "employees sync" --prune' -l prune -f -d 'Delete active employees that the file does not name'
complete -c worktime -n '__worktime_in "employees sync"' -l map -x -d 'A column of the file is this field'
complete -c worktime -n '__worktime_in "employees sync"' -l default -x -d 'For rows whose cell is empty'
complete -c worktime -n '__worktime_in "employees sync" --ignore-unknown' -l ignore-unknown -f -d 'Leave out columns that are no field'
complete -c worktime -n '__worktime_in "employees sync" --decimal' -l decimal -x -ka 'comma\\t point\\t' -d 'Numbers are written 65.000,50 or 65,000.50 (default plain: 65000.50)'
complete -c worktime -n '__worktime_in "employees sync" --dates' -l dates -x -ka 'dmy\\t mdy\\t' -d 'Dates are written 31.12.2024 or 12/31/2024 (default 2024-12-31)'
complete -c worktime -n '__worktime_in "employees sync" --encoding' -l encoding -x -d 'Of a text that is not UTF-8, such as windows-1252'
complete -c worktime -n '__worktime_in "employees sync" --sheet' -l sheet -x -d 'Worksheet of an Excel file; default: the first'
complete -c worktime -n '__worktime_in "employees sync" --concurrency' -l concurrency -x -d 'Requests at once (default 8)'
complete -c worktime -n '__worktime_in "employees sync" --dry-run' -l dry-run -f -d 'Show the plan: it reads from the API and changes nothing'
complete -c worktime -n '__worktime_in "employees sync" --yes -y' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_in "employees sync" --fields' -l fields -x -ka '(__worktime_list id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "employees sync" --sort' -l sort -x -ka '(__worktime_sort id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 employees sync' -F
# attendance list
complete -c worktime -n '__worktime_in "attendance list" --employee' -l employee -x -ka '(__worktime_ask employee)' -d 'Only this employee: an ID or alias'
complete -c worktime -n '__worktime_in "attendance list" --from' -l from -x -ka 'today\\t yesterday\\t -7d\\t -30d\\t this-week\\t last-week\\t this-month\\t last-month\\t' -d 'First day'
complete -c worktime -n '__worktime_in "attendance list" --to' -l to -x -ka 'today\\t yesterday\\t -7d\\t -30d\\t this-week\\t last-week\\t this-month\\t last-month\\t' -d 'Last day, inclusive'
complete -c worktime -n '__worktime_in "attendance list" --lock' -l lock -x -ka '(__worktime_ask lock)' -d 'Only through this lock: an ID or alias'
complete -c worktime -n '__worktime_in "attendance list" --page' -l page -x -d 'Which page, where the API pages this list'
complete -c worktime -n '__worktime_in "attendance list" --limit' -l limit -x -d 'Rows a page, where the API pages this list'
complete -c worktime -n '__worktime_in "attendance list" --month' -l month -x -ka 'this-month\\t last-month\\t' -d 'A whole month: --from and --to at once; also last-month, this-month'
complete -c worktime -n '__worktime_in "attendance list" --all' -l all -f -d 'Every page, streamed'
complete -c worktime -n '__worktime_in "attendance list" --since' -l since -x -ka 'now\\t -15m\\t -1h\\t' -d 'With --follow: start with what there is since'
complete -c worktime -n '__worktime_in "attendance list" --until' -l until -x -ka 'now\\t -15m\\t -1h\\t' -d 'With --follow: end then'
complete -c worktime -n '__worktime_in "attendance list" --last -n' -s n -l last -x -d 'With --follow: start with the newest N (default 10)'
complete -c worktime -n '__worktime_in "attendance list" --follow -f' -s f -l follow -f -d 'Go on with what arrives, each record once; -o FILE is appended to (NDJSON)'
complete -c worktime -n '__worktime_in "attendance list" --interval' -l interval -x -ka '10s\\t 30s\\t 1m\\t 5m\\t 1h\\t' -d 'Time between polls; default: a fair share of the rate limit\'s calls'
complete -c worktime -n '__worktime_in "attendance list" --idle-timeout' -l idle-timeout -x -ka '10s\\t 30s\\t 1m\\t 5m\\t 1h\\t' -d 'End after so long without a record'
complete -c worktime -n '__worktime_in "attendance list" --max-events' -l max-events -x -d 'End after so many records, counting those that it starts with (-n 0: new ones alone)'
complete -c worktime -n '__worktime_in "attendance list" --exec' -l exec -x -d 'Run a program for each record, without a shell: the record on its standard input'
complete -c worktime -n '__worktime_in "attendance list" --resume' -l resume -x -ka '(__worktime_ask resume)' -d 'Remember under this name what was shown, and go on there next time'
complete -c worktime -n '__worktime_in "attendance list" --fields' -l fields -x -ka '(__worktime_list id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "attendance list" --sort' -l sort -x -ka '(__worktime_sort id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id)' -d 'Sort the rows that are shown by a field'
# attendance clock
complete -c worktime -n '__worktime_in "attendance clock" --at' -l at -x -ka 'now\\t -15m\\t -1h\\t' -d 'When: RFC 3339, 09:00, "yesterday 17:30", now, -15m'
complete -c worktime -n '__worktime_in "attendance clock" --lock' -l lock -x -ka '(__worktime_ask lock)' -d 'At which lock: an ID or alias'
complete -c worktime -n '__worktime_in "attendance clock" --notes' -l notes -x -d 'A note for the record'
complete -c worktime -n '__worktime_in "attendance clock" --dry-run' -l dry-run -f -d 'Print the request and send nothing'
complete -c worktime -n '__worktime_in "attendance clock" --fields' -l fields -x -ka '(__worktime_list id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "attendance clock" --sort' -l sort -x -ka '(__worktime_sort id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 attendance clock' -f -ka 'in\\t out\\t'
complete -c worktime -n '__worktime_at 1 attendance clock' -f -ka '(__worktime_ask active-employee)'
# attendance import
complete -c worktime -n '__worktime_in "attendance import" --on-conflict' -l on-conflict -x -ka 'skip\\t fail\\t' -d 'When a punch is recorded already (default fail)'
complete -c worktime -n '__worktime_in "attendance import"' -l map -x -d 'A column of the file is this field'
complete -c worktime -n '__worktime_in "attendance import"' -l default -x -d 'For rows whose cell is empty'
complete -c worktime -n '__worktime_in "attendance import" --ignore-unknown' -l ignore-unknown -f -d 'Leave out columns that are no field'
complete -c worktime -n '__worktime_in "attendance import" --decimal' -l decimal -x -ka 'comma\\t point\\t' -d 'Numbers are written 65.000,50 or 65,000.50 (default plain: 65000.50)'
complete -c worktime -n '__worktime_in "attendance import" --dates' -l dates -x -ka 'dmy\\t mdy\\t' -d 'Dates are written 31.12.2024 or 12/31/2024 (default 2024-12-31)'
complete -c worktime -n '__worktime_in "attendance import" --encoding' -l encoding -x -d 'Of a text that is not UTF-8, such as windows-1252'
complete -c worktime -n '__worktime_in "attendance import" --sheet' -l sheet -x -d 'Worksheet of an Excel file; default: the first'
complete -c worktime -n '__worktime_in "attendance import" --concurrency' -l concurrency -x -d 'Requests at once (default 8)'
complete -c worktime -n '__worktime_in "attendance import" --again' -l again -f -d 'Do it once more although this file was imported already'
complete -c worktime -n '__worktime_in "attendance import" --dry-run' -l dry-run -f -d 'Show the plan: it reads from the API and changes nothing'
complete -c worktime -n '__worktime_in "attendance import" --yes -y' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_in "attendance import" --fields' -l fields -x -ka '(__worktime_list id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "attendance import" --sort' -l sort -x -ka '(__worktime_sort id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 attendance import' -F
# reports payroll
complete -c worktime -n '__worktime_in "reports payroll" --from' -l from -x -ka 'today\\t yesterday\\t -7d\\t -30d\\t this-week\\t last-week\\t this-month\\t last-month\\t' -d 'First day'
complete -c worktime -n '__worktime_in "reports payroll" --to' -l to -x -ka 'today\\t yesterday\\t -7d\\t -30d\\t this-week\\t last-week\\t this-month\\t last-month\\t' -d 'Last day, inclusive'
complete -c worktime -n '__worktime_in "reports payroll" --employee' -l employee -x -ka '(__worktime_ask employee)' -d 'Only this employee: an ID or alias'
complete -c worktime -n '__worktime_in "reports payroll" --month' -l month -x -ka 'this-month\\t last-month\\t' -d 'A whole month: --from and --to at once; also last-month, this-month'
complete -c worktime -n '__worktime_in "reports payroll" --per-employee' -l per-employee -f -d 'With --format excel: a sheet a person, with their attendance'
complete -c worktime -n '__worktime_in "reports payroll" --original' -l original -f -d 'Save the API\'s own Excel answer, byte for byte'
complete -c worktime -n '__worktime_in "reports payroll" --fields' -l fields -x -ka '(__worktime_list employee_id employee_name department position annual_salary scheduled_days days_worked days_absent work_hours overtime_hours late_minutes early_departure_minutes base_pay overtime_pay absence_deduction late_penalty early_departure_penalty total_penalties total_pay warnings)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "reports payroll" --sort' -l sort -x -ka '(__worktime_sort employee_id employee_name department position annual_salary scheduled_days days_worked days_absent work_hours overtime_hours late_minutes early_departure_minutes base_pay overtime_pay absence_deduction late_penalty early_departure_penalty total_penalties total_pay warnings)' -d 'Sort the rows that are shown by a field'
# reports attendance
complete -c worktime -n '__worktime_in "reports attendance" --from' -l from -x -ka 'today\\t yesterday\\t -7d\\t -30d\\t this-week\\t last-week\\t this-month\\t last-month\\t' -d 'First day'
complete -c worktime -n '__worktime_in "reports attendance" --to' -l to -x -ka 'today\\t yesterday\\t -7d\\t -30d\\t this-week\\t last-week\\t this-month\\t last-month\\t' -d 'Last day, inclusive'
complete -c worktime -n '__worktime_in "reports attendance" --employee' -l employee -x -ka '(__worktime_ask employee)' -d 'Only this employee: an ID or alias'
complete -c worktime -n '__worktime_in "reports attendance" --month' -l month -x -ka 'this-month\\t last-month\\t' -d 'A whole month: --from and --to at once; also last-month, this-month'
complete -c worktime -n '__worktime_in "reports attendance" --chart' -l chart -x -ka 'weekday\\t hours\\t' -d 'Draw bars in the terminal: lateness by weekday, hours by employee'
complete -c worktime -n '__worktime_in "reports attendance" --fields' -l fields -x -ka '(__worktime_list employee_id employee_name department scheduled_days days_present days_absent late_arrivals late_minutes early_departures early_departure_minutes work_hours overtime_hours missing_clock_outs)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "reports attendance" --sort' -l sort -x -ka '(__worktime_sort employee_id employee_name department scheduled_days days_present days_absent late_arrivals late_minutes early_departures early_departure_minutes work_hours overtime_hours missing_clock_outs)' -d 'Sort the rows that are shown by a field'
# locks list
complete -c worktime -n '__worktime_in "locks list" --fields' -l fields -x -ka '(__worktime_list id name location status battery_level has_gateway last_seen_at created_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "locks list" --sort' -l sort -x -ka '(__worktime_sort id name location status battery_level has_gateway last_seen_at created_at)' -d 'Sort the rows that are shown by a field'
# locks history
complete -c worktime -n '__worktime_in "locks history" --all-locks' -l all-locks -f -d 'Every lock that is connected'
complete -c worktime -n '__worktime_in "locks history" --since' -l since -x -ka 'now\\t -15m\\t -1h\\t' -d 'From this time on; with --follow: start with what there is since'
complete -c worktime -n '__worktime_in "locks history" --until' -l until -x -ka 'now\\t -15m\\t -1h\\t' -d 'Before this time; with --follow: end then'
complete -c worktime -n '__worktime_in "locks history" --last -n' -s n -l last -x -d 'The newest N; with --follow: start with them (default 10)'
complete -c worktime -n '__worktime_in "locks history"' -l method -x -ka 'app\\t passcode\\t card\\t fingerprint\\t wristband\\t face\\t palm_vein\\t qr_code\\t remote\\t gateway\\t mechanical_key\\t inside\\t auto_lock\\t' -d 'Only by this method, repeatable: app, passcode, card, fingerprint, wristband …'
complete -c worktime -n '__worktime_in "locks history" --failed' -l failed -f -d 'Only attempts that did not open'
complete -c worktime -n '__worktime_in "locks history" --employee' -l employee -x -ka '(__worktime_ask employee)' -d 'Only of this employee'
complete -c worktime -n '__worktime_in "locks history" --limit' -l limit -x -d 'The same as --last'
complete -c worktime -n '__worktime_in "locks history" --follow -f' -s f -l follow -f -d 'Go on with what arrives, each record once; -o FILE is appended to (NDJSON)'
complete -c worktime -n '__worktime_in "locks history" --interval' -l interval -x -ka '10s\\t 30s\\t 1m\\t 5m\\t 1h\\t' -d 'Time between polls; default: a fair share of the rate limit\'s calls'
complete -c worktime -n '__worktime_in "locks history" --idle-timeout' -l idle-timeout -x -ka '10s\\t 30s\\t 1m\\t 5m\\t 1h\\t' -d 'End after so long without a record'
complete -c worktime -n '__worktime_in "locks history" --max-events' -l max-events -x -d 'End after so many records, counting those that it starts with (-n 0: new ones alone)'
complete -c worktime -n '__worktime_in "locks history" --exec' -l exec -x -d 'Run a program for each record, without a shell: the record on its standard input'
complete -c worktime -n '__worktime_in "locks history" --resume' -l resume -x -ka '(__worktime_ask resume)' -d 'Remember under this name what was shown, and go on there next time'
complete -c worktime -n '__worktime_in "locks history" --chart' -l chart -x -ka 'method\\t hour\\t weekday\\t' -d 'Draw bars in the terminal: events by method, events by hour, events by weekday'
complete -c worktime -n '__worktime_in "locks history" --fields' -l fields -x -ka '(__worktime_list timestamp lock_id employee_id employee_name access_method success failure_reason received_at id)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "locks history" --sort' -l sort -x -ka '(__worktime_sort timestamp lock_id employee_id employee_name access_method success failure_reason received_at id)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at +0 locks history' -f -ka '(__worktime_ask lock)'
# login
complete -c worktime -n '__worktime_in "login" --key-stdin' -l key-stdin -f -d 'Read the key from standard input'
complete -c worktime -n '__worktime_in "login" --key-command' -l key-command -x -d 'Store no key, but a program that prints it; run without a shell whenever a key is needed'
complete -c worktime -n '__worktime_in "login" --fields' -l fields -x -ka '(__worktime_list profile organization organization_id base_url key scope in_use)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "login" --sort' -l sort -x -ka '(__worktime_sort profile organization organization_id base_url key scope in_use)' -d 'Sort the rows that are shown by a field'
# logout
complete -c worktime -n '__worktime_in "logout" --fields' -l fields -x -ka '(__worktime_list profile forgotten)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "logout" --sort' -l sort -x -ka '(__worktime_sort profile forgotten)' -d 'Sort the rows that are shown by a field'
# whoami
complete -c worktime -n '__worktime_in "whoami" --fields' -l fields -x -ka '(__worktime_list profile profile_source organization organization_id organization_source base_url base_url_source key key_source scope shadowed_key timezone timezone_source format format_source max_wait max_wait_source project_file config_file)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "whoami" --sort' -l sort -x -ka '(__worktime_sort profile profile_source organization organization_id organization_source base_url base_url_source key key_source scope shadowed_key timezone timezone_source format format_source max_wait max_wait_source project_file config_file)' -d 'Sort the rows that are shown by a field'
# profiles list
complete -c worktime -n '__worktime_in "profiles list" --fields' -l fields -x -ka '(__worktime_list name in_use organization organization_id base_url key scope)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "profiles list" --sort' -l sort -x -ka '(__worktime_sort name in_use organization organization_id base_url key scope)' -d 'Sort the rows that are shown by a field'
# profiles show
complete -c worktime -n '__worktime_in "profiles show" --fields' -l fields -x -ka '(__worktime_list name in_use organization organization_id base_url key scope)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "profiles show" --sort' -l sort -x -ka '(__worktime_sort name in_use organization organization_id base_url key scope)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 profiles show' -f -ka '(__worktime_ask profile)'
# profiles use
complete -c worktime -n '__worktime_in "profiles use" --fields' -l fields -x -ka '(__worktime_list name in_use organization organization_id base_url key scope)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "profiles use" --sort' -l sort -x -ka '(__worktime_sort name in_use organization organization_id base_url key scope)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 profiles use' -f -ka '(__worktime_ask profile)'
# profiles rename
complete -c worktime -n '__worktime_in "profiles rename" --fields' -l fields -x -ka '(__worktime_list name in_use organization organization_id base_url key scope)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "profiles rename" --sort' -l sort -x -ka '(__worktime_sort name in_use organization organization_id base_url key scope)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 profiles rename' -f -ka '(__worktime_ask profile)'
# profiles remove
complete -c worktime -n '__worktime_in "profiles remove" --yes -y' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_in "profiles remove" --fields' -l fields -x -ka '(__worktime_list name removed)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "profiles remove" --sort' -l sort -x -ka '(__worktime_sort name removed)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 profiles remove' -f -ka '(__worktime_ask profile)'
# config list
complete -c worktime -n '__worktime_in "config list" --fields' -l fields -x -ka '(__worktime_list key value profile)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "config list" --sort' -l sort -x -ka '(__worktime_sort key value profile)' -d 'Sort the rows that are shown by a field'
# config get
complete -c worktime -n '__worktime_at 0 config get' -f -ka '(__worktime_ask setting)'
# config set
complete -c worktime -n '__worktime_in "config set" --fields' -l fields -x -ka '(__worktime_list key value profile)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "config set" --sort' -l sort -x -ka '(__worktime_sort key value profile)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at +0 config set' -f -ka '(__worktime_ask assignment)'
# config unset
complete -c worktime -n '__worktime_in "config unset" --fields' -l fields -x -ka '(__worktime_list key value profile)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "config unset" --sort' -l sort -x -ka '(__worktime_sort key value profile)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at +0 config unset' -f -ka '(__worktime_ask setting)'
# config path
# doctor
complete -c worktime -n '__worktime_in "doctor" --network' -l network -f -d 'Also ask the API: connection, key, clock, rate limit'
complete -c worktime -n '__worktime_in "doctor" --fields' -l fields -x -ka '(__worktime_list check status detail next)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "doctor" --sort' -l sort -x -ka '(__worktime_sort check status detail next)' -d 'Sort the rows that are shown by a field'
# webhooks events
complete -c worktime -n '__worktime_in "webhooks events" --fields' -l fields -x -ka '(__worktime_list event meaning example)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "webhooks events" --sort' -l sort -x -ka '(__worktime_sort event meaning example)' -d 'Sort the rows that are shown by a field'
# webhooks listen
complete -c worktime -n '__worktime_in "webhooks listen" --port' -l port -x -d 'Port; 0 takes a free one'
complete -c worktime -n '__worktime_in "webhooks listen" --host' -l host -x -d 'Address to bind'
complete -c worktime -n '__worktime_in "webhooks listen" --path' -l path -x -d 'Path of the URL'
complete -c worktime -n '__worktime_in "webhooks listen" --token' -l token -x -d 'Secret in the URL; auto makes one and remembers it, none asks for none (loopback alone)'
complete -c worktime -n '__worktime_in "webhooks listen" --public-url' -l public-url -x -d 'Address by which the service reaches it'
complete -c worktime -n '__worktime_in "webhooks listen" --tunnel' -l tunnel -x -d 'Start a tunnel; {url}, {host} and {port} are filled in'
complete -c worktime -n '__worktime_in "webhooks listen" --events' -l events -x -ka '(__worktime_list employee.created employee.updated employee.deleted attendance.clock_in attendance.clock_out penalty.created lock.opened)' -d 'Only these; attendance.* for a family'
complete -c worktime -n '__worktime_in "webhooks listen" --record' -l record -r -F -d 'Record to this file; default: the state directory, rotated'
complete -c worktime -n '__worktime_in "webhooks listen"' -l forward -x -d 'Send each event on, until it is taken'
complete -c worktime -n '__worktime_in "webhooks listen" --exec' -l exec -x -d 'Run a program for each event, given on its standard input'
complete -c worktime -n '__worktime_in "webhooks listen" --max-events' -l max-events -x -d 'End after so many'
complete -c worktime -n '__worktime_in "webhooks listen" --idle-timeout' -l idle-timeout -x -ka '10s\\t 30s\\t 1m\\t 5m\\t 1h\\t' -d 'End when none came for so long'
complete -c worktime -n '__worktime_in "webhooks listen" --fields' -l fields -x -ka '(__worktime_list timestamp event who where method)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "webhooks listen" --sort' -l sort -x -ka '(__worktime_sort timestamp event who where method)' -d 'Sort the rows that are shown by a field'
# webhooks trigger
complete -c worktime -n '__worktime_in "webhooks trigger" --to' -l to -x -d 'The handler\'s address'
complete -c worktime -n '__worktime_in "webhooks trigger"' -l set -x -d 'Change a value of the event'
complete -c worktime -n '__worktime_in "webhooks trigger" --count' -l count -x -d 'How many'
complete -c worktime -n '__worktime_in "webhooks trigger" --rate' -l rate -x -d 'How many in a time, such as 10/s or 30/min'
complete -c worktime -n '__worktime_in "webhooks trigger" --fields' -l fields -x -ka '(__worktime_list timestamp event who result status took_ms)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "webhooks trigger" --sort' -l sort -x -ka '(__worktime_sort timestamp event who result status took_ms)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 webhooks trigger' -f -ka 'employee.created\\t employee.updated\\t employee.deleted\\t attendance.clock_in\\t attendance.clock_out\\t penalty.created\\t lock.opened\\t'
# webhooks replay
complete -c worktime -n '__worktime_in "webhooks replay" --since' -l since -x -ka 'now\\t -15m\\t -1h\\t' -d 'Only what came since then: 09:00, -2h'
complete -c worktime -n '__worktime_in "webhooks replay" --to' -l to -x -d 'The handler\'s address'
complete -c worktime -n '__worktime_in "webhooks replay" --events' -l events -x -ka '(__worktime_list employee.created employee.updated employee.deleted attendance.clock_in attendance.clock_out penalty.created lock.opened)' -d 'Only these; attendance.* for a family'
complete -c worktime -n '__worktime_in "webhooks replay" --rate' -l rate -x -d 'How many in a time, such as 10/s or 30/min'
complete -c worktime -n '__worktime_in "webhooks replay" --fields' -l fields -x -ka '(__worktime_list timestamp event who where method)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "webhooks replay" --sort' -l sort -x -ka '(__worktime_sort timestamp event who where method)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 webhooks replay' -F
# webhooks audit
complete -c worktime -n '__worktime_in "webhooks audit" --from' -l from -x -d 'First day, or a time: 2024-11-18, today, 09:00, -2h'
complete -c worktime -n '__worktime_in "webhooks audit" --to' -l to -x -d 'Last day, or a time; default: now'
complete -c worktime -n '__worktime_in "webhooks audit" --record' -l record -r -F -d 'The record of `listen --record`'
complete -c worktime -n '__worktime_in "webhooks audit" --replay' -l replay -x -d 'Send what is missing to this handler'
complete -c worktime -n '__worktime_in "webhooks audit" --fields' -l fields -x -ka '(__worktime_list timestamp event who where method)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "webhooks audit" --sort' -l sort -x -ka '(__worktime_sort timestamp event who where method)' -d 'Sort the rows that are shown by a field'
# runs list
complete -c worktime -n '__worktime_in "runs list" --limit' -l limit -x -d 'How many (default 50)'
complete -c worktime -n '__worktime_in "runs list" --all' -l all -f -d 'Every run there is'
complete -c worktime -n '__worktime_in "runs list" --fields' -l fields -x -ka '(__worktime_list id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "runs list" --sort' -l sort -x -ka '(__worktime_sort id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Sort the rows that are shown by a field'
# runs show
complete -c worktime -n '__worktime_in "runs show" --all' -l all -f -d 'The rows that are done as well'
complete -c worktime -n '__worktime_in "runs show" --fields' -l fields -x -ka '(__worktime_list row action key state id reason next started_at base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "runs show" --sort' -l sort -x -ka '(__worktime_sort row action key state id reason next started_at base_url of)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 runs show' -f -ka '(__worktime_ask run)'
# runs resume
complete -c worktime -n '__worktime_in "runs resume" --yes -y' -s y -l yes -f -d 'Taken as by the other verbs: going on asks nothing'
complete -c worktime -n '__worktime_in "runs resume" --dry-run' -l dry-run -f -d 'Show the plan: it reads from the API and changes nothing'
complete -c worktime -n '__worktime_in "runs resume" --fields' -l fields -x -ka '(__worktime_list id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "runs resume" --sort' -l sort -x -ka '(__worktime_sort id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 runs resume' -f -ka '(__worktime_ask resumable)'
# runs undo
complete -c worktime -n '__worktime_in "runs undo" --dry-run' -l dry-run -f -d 'Show the plan: it reads from the API and changes nothing'
complete -c worktime -n '__worktime_in "runs undo" --yes -y' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_in "runs undo" --fields' -l fields -x -ka '(__worktime_list id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "runs undo" --sort' -l sort -x -ka '(__worktime_sort id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 runs undo' -f -ka '(__worktime_ask undoable)'
# sandbox serve
complete -c worktime -n '__worktime_in "sandbox serve" --port' -l port -x -d 'Where to listen; 0: any free port'
complete -c worktime -n '__worktime_in "sandbox serve" --host' -l host -x -d 'On which address; beyond loopback only when told'
complete -c worktime -n '__worktime_in "sandbox serve"' -l allow-host -x -d 'Another name by which it may be called, such as that of a container'
complete -c worktime -n '__worktime_in "sandbox serve" --memory' -l memory -f -d 'Keep changes in memory, and forget them at the end'
complete -c worktime -n '__worktime_in "sandbox serve" --seed' -l seed -x -d 'The same seed gives the same data (default 1)'
complete -c worktime -n '__worktime_in "sandbox serve" --employees' -l employees -x -d 'How many employees (default 42)'
complete -c worktime -n '__worktime_in "sandbox serve" --fixture' -l fixture -x -ka 'january-2024\\t' -d 'A month worked to the cent by hand, instead of a seed'
complete -c worktime -n '__worktime_in "sandbox serve" --timezone' -l timezone -x -ka '(__worktime_ask zone)' -d 'The organization\'s time zone (default UTC)'
complete -c worktime -n '__worktime_in "sandbox serve" --shift' -l shift -x -d 'Working hours (default 09:00-17:30); an end before the start is on the next day'
complete -c worktime -n '__worktime_in "sandbox serve"' -l holiday -x -d 'A holiday, 2024-12-25 or 12-25 for every year (default 01-01)'
complete -c worktime -n '__worktime_in "sandbox serve" --plan' -l plan -x -ka 'free\\t paid\\t enterprise\\t' -d 'Whose hourly rate limit: 100, 1000 or 10000 requests (default paid; enterprise above 20000 employees)'
complete -c worktime -n '__worktime_in "sandbox serve" --rate-limit' -l rate-limit -x -d 'Requests in a window, instead of those of the plan'
complete -c worktime -n '__worktime_in "sandbox serve" --rate-window' -l rate-window -x -ka '10s\\t 30s\\t 1m\\t 5m\\t 1h\\t' -d 'The window of the rate limit (default 1h)'
complete -c worktime -n '__worktime_in "sandbox serve" --clock' -l clock -x -ka 'now\\t -15m\\t -1h\\t' -d 'When it is in there, at the start'
complete -c worktime -n '__worktime_in "sandbox serve" --clock-rate' -l clock-rate -x -d 'How many seconds pass in there in one of ours'
complete -c worktime -n '__worktime_in "sandbox serve" --simulate' -l simulate -x -d 'Let people come and go, so many times a minute of ours'
complete -c worktime -n '__worktime_in "sandbox serve" --late-records' -l late-records -x -d 'Upload so many simulated records up to 40 days late (bare: 10%)'
complete -c worktime -n '__worktime_in "sandbox serve" --duplicate-records' -l duplicate-records -x -d 'Upload so many twice (bare: 10%)'
complete -c worktime -n '__worktime_in "sandbox serve" --future-records' -l future-records -x -d 'Date so many a few seconds ahead (bare: 10%)'
complete -c worktime -n '__worktime_in "sandbox serve" --reordered-records' -l reordered-records -x -d 'Upload so many after younger ones (bare: 10%)'
complete -c worktime -n '__worktime_in "sandbox serve" --nameless-records' -l nameless-records -x -d 'Leave out the employee of so many (bare: 10%)'
complete -c worktime -n '__worktime_in "sandbox serve" --unknown-records' -l unknown-records -x -d 'Give so many a method that nobody has heard of (bare: 10%)'
complete -c worktime -n '__worktime_in "sandbox serve"' -l webhook -x -d 'Deliver events there'
complete -c worktime -n '__worktime_in "sandbox serve" --webhook-events' -l webhook-events -x -ka '(__worktime_list employee.created employee.updated employee.deleted attendance.clock_in attendance.clock_out penalty.created lock.opened)' -d 'Only these events'
complete -c worktime -n '__worktime_in "sandbox serve" --webhook-drop' -l webhook-drop -x -d 'Never send this share of the deliveries'
complete -c worktime -n '__worktime_in "sandbox serve" --webhook-duplicate' -l webhook-duplicate -x -d 'Send this share twice'
complete -c worktime -n '__worktime_in "sandbox serve" --webhook-reorder' -l webhook-reorder -x -d 'Let a later one overtake this share'
complete -c worktime -n '__worktime_in "sandbox serve" --latency' -l latency -x -d 'Answer so late: 50ms..2s'
complete -c worktime -n '__worktime_in "sandbox serve" --fail' -l fail -x -d 'Answer 500 to this share of the requests'
complete -c worktime -n '__worktime_in "sandbox serve" --drop-after-commit' -l drop-after-commit -x -d 'Apply this share of the writes, and reset the connection instead of answering'
complete -c worktime -n '__worktime_in "sandbox serve" --drop-before-commit' -l drop-before-commit -x -d 'Reset the connection of this share of the requests, nothing done'
complete -c worktime -n '__worktime_in "sandbox serve" --cut-body' -l cut-body -x -d 'Cut this share of the answers in the middle'
complete -c worktime -n '__worktime_in "sandbox serve" --hang' -l hang -x -d 'Never answer this share of the requests, nothing done'
complete -c worktime -n '__worktime_in "sandbox serve" --bad-reset-header' -l bad-reset-header -x -ka 'absent\\t word\\t negative\\t ms\\t far\\t' -d 'Send a wrong X-RateLimit-Reset (bare: none at all)'
# sandbox reset
complete -c worktime -n '__worktime_in "sandbox reset" --seed' -l seed -x -d 'The same seed gives the same data (default 1)'
complete -c worktime -n '__worktime_in "sandbox reset" --employees' -l employees -x -d 'How many employees (default 42)'
complete -c worktime -n '__worktime_in "sandbox reset" --fixture' -l fixture -x -ka 'january-2024\\t' -d 'A month worked to the cent by hand, instead of a seed'
complete -c worktime -n '__worktime_in "sandbox reset" --timezone' -l timezone -x -ka '(__worktime_ask zone)' -d 'The organization\'s time zone (default UTC)'
complete -c worktime -n '__worktime_in "sandbox reset" --shift' -l shift -x -d 'Working hours (default 09:00-17:30); an end before the start is on the next day'
complete -c worktime -n '__worktime_in "sandbox reset"' -l holiday -x -d 'A holiday, 2024-12-25 or 12-25 for every year (default 01-01)'
complete -c worktime -n '__worktime_in "sandbox reset" --plan' -l plan -x -ka 'free\\t paid\\t enterprise\\t' -d 'Whose hourly rate limit: 100, 1000 or 10000 requests (default paid; enterprise above 20000 employees)'
complete -c worktime -n '__worktime_in "sandbox reset" --fields' -l fields -x -ka '(__worktime_list seed fixture employees timezone shift holidays plan made_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "sandbox reset" --sort' -l sort -x -ka '(__worktime_sort seed fixture employees timezone shift holidays plan made_at)' -d 'Sort the rows that are shown by a field'
# sandbox status
complete -c worktime -n '__worktime_in "sandbox status" --fields' -l fields -x -ka '(__worktime_list exists directory seed fixture employees timezone shift holidays plan made_at history_from history_to employees_now writes)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "sandbox status" --sort' -l sort -x -ka '(__worktime_sort exists directory seed fixture employees timezone shift holidays plan made_at history_from history_to employees_now writes)' -d 'Sort the rows that are shown by a field'
# sandbox keys
complete -c worktime -n '__worktime_in "sandbox keys" --fields' -l fields -x -ka '(__worktime_list key scope may)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "sandbox keys" --sort' -l sort -x -ka '(__worktime_sort key scope may)' -d 'Sort the rows that are shown by a field'
# sandbox simulate
complete -c worktime -n '__worktime_in "sandbox simulate" --events -n' -s n -l events -x -d 'How many happenings'
complete -c worktime -n '__worktime_in "sandbox simulate" --rate' -l rate -x -d 'How many a minute (default: all at once)'
complete -c worktime -n '__worktime_in "sandbox simulate" --late-records' -l late-records -x -d 'Upload so many simulated records up to 40 days late (bare: 10%)'
complete -c worktime -n '__worktime_in "sandbox simulate" --duplicate-records' -l duplicate-records -x -d 'Upload so many twice (bare: 10%)'
complete -c worktime -n '__worktime_in "sandbox simulate" --future-records' -l future-records -x -d 'Date so many a few seconds ahead (bare: 10%)'
complete -c worktime -n '__worktime_in "sandbox simulate" --reordered-records' -l reordered-records -x -d 'Upload so many after younger ones (bare: 10%)'
complete -c worktime -n '__worktime_in "sandbox simulate" --nameless-records' -l nameless-records -x -d 'Leave out the employee of so many (bare: 10%)'
complete -c worktime -n '__worktime_in "sandbox simulate" --unknown-records' -l unknown-records -x -d 'Give so many a method that nobody has heard of (bare: 10%)'
complete -c worktime -n '__worktime_in "sandbox simulate" --fields' -l fields -x -ka '(__worktime_list at kind employee_id lock_id access_method timestamp success id)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "sandbox simulate" --sort' -l sort -x -ka '(__worktime_sort at kind employee_id lock_id access_method timestamp success id)' -d 'Sort the rows that are shown by a field'
# api
complete -c worktime -n '__worktime_in "api"' -s f -l field -x -d 'A field, as text'
complete -c worktime -n '__worktime_in "api"' -s F -l typed-field -x -d 'A field: numbers, true, false and null as such, @file for the content of a file'
complete -c worktime -n '__worktime_in "api" --data' -l data -r -F -d 'The whole JSON body, from a file or - for standard input'
complete -c worktime -n '__worktime_in "api" --paginate' -l paginate -f -d 'Every page, joined into one envelope'
complete -c worktime -n '__worktime_in "api" --include -i' -s i -l include -f -d 'The status and headers before the body'
complete -c worktime -n '__worktime_in "api" --dry-run' -l dry-run -f -d 'Print the request and send nothing'
complete -c worktime -n '__worktime_in "api" --yes -y' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_at 0 api' -f -ka 'GET\\t POST\\t PUT\\t PATCH\\t DELETE\\t /organization\\t /employees\\t /attendance\\t /attendance/clock\\t /reports/payroll\\t /reports/attendance\\t /locks\\t'
complete -c worktime -n '__worktime_at 1 api' -f -ka '/organization\\t /employees\\t /attendance\\t /attendance/clock\\t /reports/payroll\\t /reports/attendance\\t /locks\\t'
# limits
complete -c worktime -n '__worktime_in "limits" --fields' -l fields -x -ka '(__worktime_list limit remaining used resets_at resets_in_seconds last_seen.at last_seen.remaining last_seen.limit)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in "limits" --sort' -l sort -x -ka '(__worktime_sort limit remaining used resets_at resets_in_seconds last_seen.at last_seen.remaining last_seen.limit)' -d 'Sort the rows that are shown by a field'
# openapi
# completion
complete -c worktime -n '__worktime_at 0 completion' -f -ka 'bash\\t zsh\\t fish\\t powershell\\t'
# help
complete -c worktime -n '__worktime_in "help" --all' -l all -f -d 'The whole reference'
complete -c worktime -n '__worktime_at +0 help' -f -a '(__worktime_topics)'
