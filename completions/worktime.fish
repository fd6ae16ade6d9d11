# worktime completion for fish. Generated from the command tree: do not edit.
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
            case --format --output -o --query --sort --timezone --profile --base-url --max-wait --timeout --max-body --page --limit --department --status --name --email --position --salary --start-date --data --on-conflict --map --default --decimal --dates --encoding --sheet --concurrency --employee --from --to --lock --month --since --until --last -n --interval --idle-timeout --max-events --exec --resume --at --notes --method --key-command --port --host --path --token --public-url --tunnel --events --record --forward --set --count --rate --replay --allow-host --seed --employees --fixture --shift --holiday --plan --rate-limit --rate-window --clock --clock-rate --simulate --webhook --webhook-events --webhook-drop --webhook-duplicate --webhook-reorder --latency --fail --drop-after-commit --drop-before-commit --cut-body --hang --field -f --typed-field -F
                set skip 1
            case --fields --chart --late-records --duplicate-records --future-records --reordered-records --nameless-records --unknown-records --bad-reset-header
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
    commandline -ct | string replace -r -- '^--[^=]*=' '' | string replace -r '^["\']' '' | string replace -ra '\\\\(.)' '$1'
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
        printf '%s\n' $found
    end
end

# A column, and after a colon the direction.
function __worktime_sort
    set -l column (string match -r -- '^(.*):' (__worktime_current))[2]
    if test -n "$column"
        printf '%s\n' $column:asc $column:desc
    else
        printf '%s\n' $argv
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
complete -c worktime -l format -x -ka 'table json ndjson csv excel' -d 'Shape of the output; excel saves a workbook'
complete -c worktime -l json -f -d 'Short for --format json'
complete -c worktime -s o -l output -r -F -d 'Write to a file, whole or not at all; its ending gives the format'
complete -c worktime -l force -f -d 'Let -o replace an existing file'
complete -c worktime -l fields -x -d 'Pick and order columns; without a value list those there are'
complete -c worktime -l query -x -d 'Filter and reshape the whole result'
complete -c worktime -l sort -x -d 'Sort the rows that are shown by a field'
complete -c worktime -l no-header -f -d 'Leave out the header of a table or CSV'
complete -c worktime -s q -l quiet -f -d 'Print IDs alone, with --json as an array; no notes'
complete -c worktime -l timezone -x -ka '(__worktime_ask zone)' -d 'Whose days and times are meant; default: the organization\'s'
complete -c worktime -l profile -x -ka '(__worktime_ask profile)' -d 'Use this profile'
complete -c worktime -l sandbox -f -d 'Use the embedded sandbox: no account, no network'
complete -c worktime -l base-url -x -d 'Use another address of the API'
complete -c worktime -l max-wait -x -ka '10s 30s 1m 5m 1h' -d 'Longest wait for a rate limit (default 60s, 0 never)'
complete -c worktime -l timeout -x -ka '10s 30s 1m 5m 1h' -d 'Limit for each whole attempt (default 30s)'
complete -c worktime -l max-body -x -d 'Largest answer accepted, as decoded (default 64MiB)'
complete -c worktime -l no-input -f -d 'Never ask anything'
complete -c worktime -l debug -f -d 'Print each request, the key masked, and stack traces'
complete -c worktime -s h -l help -f -d 'Show help; with --json as data'
complete -c worktime -n '__worktime_at 0' -s V -l version -f -d 'Show the version; with --json Node and platform too'

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
complete -c worktime -n '__worktime_in organization show' -l fields -x -ka '(__worktime_list id name employees_count timezone currency created_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in organization show' -l sort -x -ka '(__worktime_sort id name employees_count timezone currency created_at)' -d 'Sort the rows that are shown by a field'
# employees list
complete -c worktime -n '__worktime_in employees list' -l page -x -d 'Which page, from 1'
complete -c worktime -n '__worktime_in employees list' -l limit -x -d 'Rows a page, 1 to 100'
complete -c worktime -n '__worktime_in employees list' -l department -x -ka '(__worktime_ask department)' -d 'Only this department: its ID or alias'
complete -c worktime -n '__worktime_in employees list' -l status -x -ka 'active inactive' -d 'Only employees of this status'
complete -c worktime -n '__worktime_in employees list' -l all -f -d 'Every page, streamed'
complete -c worktime -n '__worktime_in employees list' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in employees list' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
# employees get
complete -c worktime -n '__worktime_in employees get' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in employees get' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 employees get' -f -ka '(__worktime_ask employee)'
# employees create
complete -c worktime -n '__worktime_in employees create' -l name -x -d 'Full name'
complete -c worktime -n '__worktime_in employees create' -l email -x -d 'E-mail address'
complete -c worktime -n '__worktime_in employees create' -l department -x -ka '(__worktime_ask department)' -d 'Department\'s ID or alias'
complete -c worktime -n '__worktime_in employees create' -l position -x -d 'Job title'
complete -c worktime -n '__worktime_in employees create' -l salary -x -d 'A year\'s salary'
complete -c worktime -n '__worktime_in employees create' -l start-date -x -ka 'today yesterday -7d -30d this-week last-week this-month last-month' -d 'First working day'
complete -c worktime -n '__worktime_in employees create' -l data -r -F -d 'Take fields from a JSON object in a file, or - for standard input'
complete -c worktime -n '__worktime_in employees create' -l dry-run -f -d 'Print the request and send nothing'
complete -c worktime -n '__worktime_in employees create' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in employees create' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
# employees update
complete -c worktime -n '__worktime_in employees update' -l name -x -d 'Full name'
complete -c worktime -n '__worktime_in employees update' -l email -x -d 'E-mail address'
complete -c worktime -n '__worktime_in employees update' -l department -x -ka '(__worktime_ask department)' -d 'Department\'s ID or alias'
complete -c worktime -n '__worktime_in employees update' -l position -x -d 'Job title'
complete -c worktime -n '__worktime_in employees update' -l salary -x -d 'A year\'s salary'
complete -c worktime -n '__worktime_in employees update' -l start-date -x -ka 'today yesterday -7d -30d this-week last-week this-month last-month' -d 'First working day'
complete -c worktime -n '__worktime_in employees update' -l status -x -ka 'active inactive' -d 'Whether the employee works here'
complete -c worktime -n '__worktime_in employees update' -l data -r -F -d 'Take fields from a JSON object in a file, or - for standard input'
complete -c worktime -n '__worktime_in employees update' -l dry-run -f -d 'Print the request and send nothing'
complete -c worktime -n '__worktime_in employees update' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in employees update' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 employees update' -f -ka '(__worktime_ask employee)'
# employees delete
complete -c worktime -n '__worktime_in employees delete' -l dry-run -f -d 'Print the request and send nothing'
complete -c worktime -n '__worktime_in employees delete' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_in employees delete' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in employees delete' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at +0 employees delete' -f -ka '(__worktime_ask employee)'
# employees restore
complete -c worktime -n '__worktime_in employees restore' -l dry-run -f -d 'Print the request and send nothing'
complete -c worktime -n '__worktime_in employees restore' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in employees restore' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at +0 employees restore' -f -ka '(__worktime_ask employee)'
# employees import
complete -c worktime -n '__worktime_in employees import' -l on-conflict -x -ka 'skip update fail' -d 'When the e-mail address exists already (default fail)'
complete -c worktime -n '__worktime_in employees import' -l map -x -d 'A column of the file is this field'
complete -c worktime -n '__worktime_in employees import' -l default -x -d 'For rows whose cell is empty'
complete -c worktime -n '__worktime_in employees import' -l ignore-unknown -f -d 'Leave out columns that are no field'
complete -c worktime -n '__worktime_in employees import' -l decimal -x -ka 'comma point' -d 'Numbers are written 65.000,50 or 65,000.50 (default plain: 65000.50)'
complete -c worktime -n '__worktime_in employees import' -l dates -x -ka 'dmy mdy' -d 'Dates are written 31.12.2024 or 12/31/2024 (default 2024-12-31)'
complete -c worktime -n '__worktime_in employees import' -l encoding -x -d 'Of a text that is not UTF-8, such as windows-1252'
complete -c worktime -n '__worktime_in employees import' -l sheet -x -d 'Worksheet of an Excel file; default: the first'
complete -c worktime -n '__worktime_in employees import' -l concurrency -x -d 'Requests at once (default 8)'
complete -c worktime -n '__worktime_in employees import' -l again -f -d 'Do it once more although this file was imported already'
complete -c worktime -n '__worktime_in employees import' -l dry-run -f -d 'Show the plan: it reads from the API and changes nothing'
complete -c worktime -n '__worktime_in employees import' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_in employees import' -l fields -x -ka '(__worktime_list id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in employees import' -l sort -x -ka '(__worktime_sort id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 employees import' -F
# employees export
complete -c worktime -n '__worktime_in employees export' -l department -x -ka '(__worktime_ask department)' -d 'Only this department: its ID or alias'
complete -c worktime -n '__worktime_in employees export' -l status -x -ka 'active inactive' -d 'Only employees of this status'
complete -c worktime -n '__worktime_in employees export' -l fields -x -ka '(__worktime_list id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in employees export' -l sort -x -ka '(__worktime_sort id name email department position salary status created_at department_id start_date end_date deleted_at)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 employees export' -F
# employees sync
complete -c worktime -n '__worktime_in employees sync' -l prune -f -d 'Delete active employees that the file does not name'
complete -c worktime -n '__worktime_in employees sync' -l map -x -d 'A column of the file is this field'
complete -c worktime -n '__worktime_in employees sync' -l default -x -d 'For rows whose cell is empty'
complete -c worktime -n '__worktime_in employees sync' -l ignore-unknown -f -d 'Leave out columns that are no field'
complete -c worktime -n '__worktime_in employees sync' -l decimal -x -ka 'comma point' -d 'Numbers are written 65.000,50 or 65,000.50 (default plain: 65000.50)'
complete -c worktime -n '__worktime_in employees sync' -l dates -x -ka 'dmy mdy' -d 'Dates are written 31.12.2024 or 12/31/2024 (default 2024-12-31)'
complete -c worktime -n '__worktime_in employees sync' -l encoding -x -d 'Of a text that is not UTF-8, such as windows-1252'
complete -c worktime -n '__worktime_in employees sync' -l sheet -x -d 'Worksheet of an Excel file; default: the first'
complete -c worktime -n '__worktime_in employees sync' -l concurrency -x -d 'Requests at once (default 8)'
complete -c worktime -n '__worktime_in employees sync' -l dry-run -f -d 'Show the plan: it reads from the API and changes nothing'
complete -c worktime -n '__worktime_in employees sync' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_in employees sync' -l fields -x -ka '(__worktime_list id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in employees sync' -l sort -x -ka '(__worktime_sort id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 employees sync' -F
# attendance list
complete -c worktime -n '__worktime_in attendance list' -l employee -x -ka '(__worktime_ask employee)' -d 'Only this employee: an ID or alias'
complete -c worktime -n '__worktime_in attendance list' -l from -x -ka 'today yesterday -7d -30d this-week last-week this-month last-month' -d 'First day'
complete -c worktime -n '__worktime_in attendance list' -l to -x -ka 'today yesterday -7d -30d this-week last-week this-month last-month' -d 'Last day, inclusive'
complete -c worktime -n '__worktime_in attendance list' -l lock -x -ka '(__worktime_ask lock)' -d 'Only through this lock: an ID or alias'
complete -c worktime -n '__worktime_in attendance list' -l page -x -d 'Which page, where the API pages this list'
complete -c worktime -n '__worktime_in attendance list' -l limit -x -d 'Rows a page, where the API pages this list'
complete -c worktime -n '__worktime_in attendance list' -l month -x -ka 'this-month last-month' -d 'A whole month: --from and --to at once; also last-month, this-month'
complete -c worktime -n '__worktime_in attendance list' -l all -f -d 'Every page, streamed'
complete -c worktime -n '__worktime_in attendance list' -l since -x -ka 'now -15m -1h' -d 'With --follow: start with what there is since'
complete -c worktime -n '__worktime_in attendance list' -l until -x -ka 'now -15m -1h' -d 'With --follow: end then'
complete -c worktime -n '__worktime_in attendance list' -s n -l last -x -d 'With --follow: start with the newest N (default 10)'
complete -c worktime -n '__worktime_in attendance list' -s f -l follow -f -d 'Go on with what arrives, each record once; -o FILE is appended to (NDJSON)'
complete -c worktime -n '__worktime_in attendance list' -l interval -x -ka '10s 30s 1m 5m 1h' -d 'Time between polls; default: a fair share of the rate limit\'s calls'
complete -c worktime -n '__worktime_in attendance list' -l idle-timeout -x -ka '10s 30s 1m 5m 1h' -d 'End after so long without a record'
complete -c worktime -n '__worktime_in attendance list' -l max-events -x -d 'End after so many records, counting those that it starts with (-n 0: new ones alone)'
complete -c worktime -n '__worktime_in attendance list' -l exec -x -d 'Run a program for each record, without a shell: the record on its standard input'
complete -c worktime -n '__worktime_in attendance list' -l resume -x -ka '(__worktime_ask resume)' -d 'Remember under this name what was shown, and go on there next time'
complete -c worktime -n '__worktime_in attendance list' -l fields -x -ka '(__worktime_list id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in attendance list' -l sort -x -ka '(__worktime_sort id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id)' -d 'Sort the rows that are shown by a field'
# attendance clock
complete -c worktime -n '__worktime_in attendance clock' -l at -x -ka 'now -15m -1h' -d 'When: RFC 3339, 09:00, now, -15m'
complete -c worktime -n '__worktime_in attendance clock' -l lock -x -ka '(__worktime_ask lock)' -d 'At which lock: an ID or alias'
complete -c worktime -n '__worktime_in attendance clock' -l notes -x -d 'A note for the record'
complete -c worktime -n '__worktime_in attendance clock' -l dry-run -f -d 'Print the request and send nothing'
complete -c worktime -n '__worktime_in attendance clock' -l fields -x -ka '(__worktime_list id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in attendance clock' -l sort -x -ka '(__worktime_sort id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 attendance clock' -f -ka 'in out'
complete -c worktime -n '__worktime_at 1 attendance clock' -f -ka '(__worktime_ask employee)'
# attendance import
complete -c worktime -n '__worktime_in attendance import' -l on-conflict -x -ka 'skip fail' -d 'When a punch is recorded already (default fail)'
complete -c worktime -n '__worktime_in attendance import' -l map -x -d 'A column of the file is this field'
complete -c worktime -n '__worktime_in attendance import' -l default -x -d 'For rows whose cell is empty'
complete -c worktime -n '__worktime_in attendance import' -l ignore-unknown -f -d 'Leave out columns that are no field'
complete -c worktime -n '__worktime_in attendance import' -l decimal -x -ka 'comma point' -d 'Numbers are written 65.000,50 or 65,000.50 (default plain: 65000.50)'
complete -c worktime -n '__worktime_in attendance import' -l dates -x -ka 'dmy mdy' -d 'Dates are written 31.12.2024 or 12/31/2024 (default 2024-12-31)'
complete -c worktime -n '__worktime_in attendance import' -l encoding -x -d 'Of a text that is not UTF-8, such as windows-1252'
complete -c worktime -n '__worktime_in attendance import' -l sheet -x -d 'Worksheet of an Excel file; default: the first'
complete -c worktime -n '__worktime_in attendance import' -l concurrency -x -d 'Requests at once (default 8)'
complete -c worktime -n '__worktime_in attendance import' -l again -f -d 'Do it once more although this file was imported already'
complete -c worktime -n '__worktime_in attendance import' -l dry-run -f -d 'Show the plan: it reads from the API and changes nothing'
complete -c worktime -n '__worktime_in attendance import' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_in attendance import' -l fields -x -ka '(__worktime_list id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in attendance import' -l sort -x -ka '(__worktime_sort id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 attendance import' -F
# reports payroll
complete -c worktime -n '__worktime_in reports payroll' -l from -x -ka 'today yesterday -7d -30d this-week last-week this-month last-month' -d 'First day'
complete -c worktime -n '__worktime_in reports payroll' -l to -x -ka 'today yesterday -7d -30d this-week last-week this-month last-month' -d 'Last day, inclusive'
complete -c worktime -n '__worktime_in reports payroll' -l employee -x -ka '(__worktime_ask employee)' -d 'Only this employee: an ID or alias'
complete -c worktime -n '__worktime_in reports payroll' -l month -x -ka 'this-month last-month' -d 'A whole month: --from and --to at once; also last-month, this-month'
complete -c worktime -n '__worktime_in reports payroll' -l per-employee -f -d 'With --format excel: a sheet a person, with their attendance'
complete -c worktime -n '__worktime_in reports payroll' -l original -f -d 'Save the API\'s own Excel answer, byte for byte'
complete -c worktime -n '__worktime_in reports payroll' -l fields -x -ka '(__worktime_list employee_id employee_name department position annual_salary scheduled_days days_worked days_absent work_hours overtime_hours late_minutes early_departure_minutes base_pay overtime_pay absence_deduction late_penalty early_departure_penalty total_penalties total_pay warnings)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in reports payroll' -l sort -x -ka '(__worktime_sort employee_id employee_name department position annual_salary scheduled_days days_worked days_absent work_hours overtime_hours late_minutes early_departure_minutes base_pay overtime_pay absence_deduction late_penalty early_departure_penalty total_penalties total_pay warnings)' -d 'Sort the rows that are shown by a field'
# reports attendance
complete -c worktime -n '__worktime_in reports attendance' -l from -x -ka 'today yesterday -7d -30d this-week last-week this-month last-month' -d 'First day'
complete -c worktime -n '__worktime_in reports attendance' -l to -x -ka 'today yesterday -7d -30d this-week last-week this-month last-month' -d 'Last day, inclusive'
complete -c worktime -n '__worktime_in reports attendance' -l employee -x -ka '(__worktime_ask employee)' -d 'Only this employee: an ID or alias'
complete -c worktime -n '__worktime_in reports attendance' -l month -x -ka 'this-month last-month' -d 'A whole month: --from and --to at once; also last-month, this-month'
complete -c worktime -n '__worktime_in reports attendance' -l chart -x -ka 'weekday hours' -d 'Draw bars in the terminal: lateness by weekday, hours by employee'
complete -c worktime -n '__worktime_in reports attendance' -l fields -x -ka '(__worktime_list employee_id employee_name department scheduled_days days_present days_absent late_arrivals late_minutes early_departures early_departure_minutes work_hours overtime_hours missing_clock_outs)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in reports attendance' -l sort -x -ka '(__worktime_sort employee_id employee_name department scheduled_days days_present days_absent late_arrivals late_minutes early_departures early_departure_minutes work_hours overtime_hours missing_clock_outs)' -d 'Sort the rows that are shown by a field'
# locks list
complete -c worktime -n '__worktime_in locks list' -l fields -x -ka '(__worktime_list id name location status battery_level has_gateway last_seen_at created_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in locks list' -l sort -x -ka '(__worktime_sort id name location status battery_level has_gateway last_seen_at created_at)' -d 'Sort the rows that are shown by a field'
# locks history
complete -c worktime -n '__worktime_in locks history' -l all-locks -f -d 'Every lock that is connected'
complete -c worktime -n '__worktime_in locks history' -l since -x -ka 'now -15m -1h' -d 'From this time on; with --follow: start with what there is since'
complete -c worktime -n '__worktime_in locks history' -l until -x -ka 'now -15m -1h' -d 'Before this time; with --follow: end then'
complete -c worktime -n '__worktime_in locks history' -s n -l last -x -d 'The newest N; with --follow: start with them (default 10)'
complete -c worktime -n '__worktime_in locks history' -l method -x -ka 'app passcode card fingerprint wristband face palm_vein qr_code remote gateway mechanical_key inside auto_lock' -d 'Only by this method, repeatable: app, passcode, card, fingerprint, wristband …'
complete -c worktime -n '__worktime_in locks history' -l failed -f -d 'Only attempts that did not open'
complete -c worktime -n '__worktime_in locks history' -l employee -x -ka '(__worktime_ask employee)' -d 'Only of this employee'
complete -c worktime -n '__worktime_in locks history' -l limit -x -d 'Rows a page, where the API pages this list; every page is read'
complete -c worktime -n '__worktime_in locks history' -s f -l follow -f -d 'Go on with what arrives, each record once; -o FILE is appended to (NDJSON)'
complete -c worktime -n '__worktime_in locks history' -l interval -x -ka '10s 30s 1m 5m 1h' -d 'Time between polls; default: a fair share of the rate limit\'s calls'
complete -c worktime -n '__worktime_in locks history' -l idle-timeout -x -ka '10s 30s 1m 5m 1h' -d 'End after so long without a record'
complete -c worktime -n '__worktime_in locks history' -l max-events -x -d 'End after so many records, counting those that it starts with (-n 0: new ones alone)'
complete -c worktime -n '__worktime_in locks history' -l exec -x -d 'Run a program for each record, without a shell: the record on its standard input'
complete -c worktime -n '__worktime_in locks history' -l resume -x -ka '(__worktime_ask resume)' -d 'Remember under this name what was shown, and go on there next time'
complete -c worktime -n '__worktime_in locks history' -l chart -x -ka 'method hour weekday' -d 'Draw bars in the terminal: events by method, events by hour, events by weekday'
complete -c worktime -n '__worktime_in locks history' -l fields -x -ka '(__worktime_list timestamp lock_id employee_id employee_name access_method success failure_reason received_at id)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in locks history' -l sort -x -ka '(__worktime_sort timestamp lock_id employee_id employee_name access_method success failure_reason received_at id)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at +0 locks history' -f -ka '(__worktime_ask lock)'
# login
complete -c worktime -n '__worktime_in login' -l key-stdin -f -d 'Read the key from standard input'
complete -c worktime -n '__worktime_in login' -l key-command -x -d 'Store no key, but a program that prints it; run without a shell whenever a key is needed'
complete -c worktime -n '__worktime_in login' -l fields -x -ka '(__worktime_list profile organization organization_id base_url key scope in_use)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in login' -l sort -x -ka '(__worktime_sort profile organization organization_id base_url key scope in_use)' -d 'Sort the rows that are shown by a field'
# logout
complete -c worktime -n '__worktime_in logout' -l fields -x -ka '(__worktime_list profile forgotten)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in logout' -l sort -x -ka '(__worktime_sort profile forgotten)' -d 'Sort the rows that are shown by a field'
# whoami
complete -c worktime -n '__worktime_in whoami' -l fields -x -ka '(__worktime_list profile profile_source organization organization_id organization_source base_url base_url_source key key_source scope shadowed_key timezone timezone_source format format_source max_wait max_wait_source project_file config_file)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in whoami' -l sort -x -ka '(__worktime_sort profile profile_source organization organization_id organization_source base_url base_url_source key key_source scope shadowed_key timezone timezone_source format format_source max_wait max_wait_source project_file config_file)' -d 'Sort the rows that are shown by a field'
# profiles list
complete -c worktime -n '__worktime_in profiles list' -l fields -x -ka '(__worktime_list name in_use organization organization_id base_url key scope)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in profiles list' -l sort -x -ka '(__worktime_sort name in_use organization organization_id base_url key scope)' -d 'Sort the rows that are shown by a field'
# profiles show
complete -c worktime -n '__worktime_in profiles show' -l fields -x -ka '(__worktime_list name in_use organization organization_id base_url key scope)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in profiles show' -l sort -x -ka '(__worktime_sort name in_use organization organization_id base_url key scope)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 profiles show' -f -ka '(__worktime_ask profile)'
# profiles use
complete -c worktime -n '__worktime_in profiles use' -l fields -x -ka '(__worktime_list name in_use organization organization_id base_url key scope)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in profiles use' -l sort -x -ka '(__worktime_sort name in_use organization organization_id base_url key scope)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 profiles use' -f -ka '(__worktime_ask profile)'
# profiles rename
complete -c worktime -n '__worktime_in profiles rename' -l fields -x -ka '(__worktime_list name in_use organization organization_id base_url key scope)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in profiles rename' -l sort -x -ka '(__worktime_sort name in_use organization organization_id base_url key scope)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 profiles rename' -f -ka '(__worktime_ask profile)'
# profiles remove
complete -c worktime -n '__worktime_in profiles remove' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_in profiles remove' -l fields -x -ka '(__worktime_list name removed)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in profiles remove' -l sort -x -ka '(__worktime_sort name removed)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 profiles remove' -f -ka '(__worktime_ask profile)'
# config list
complete -c worktime -n '__worktime_in config list' -l fields -x -ka '(__worktime_list key value profile)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in config list' -l sort -x -ka '(__worktime_sort key value profile)' -d 'Sort the rows that are shown by a field'
# config get
complete -c worktime -n '__worktime_at 0 config get' -f -ka '(__worktime_ask setting)'
# config set
complete -c worktime -n '__worktime_in config set' -l fields -x -ka '(__worktime_list key value profile)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in config set' -l sort -x -ka '(__worktime_sort key value profile)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at +0 config set' -f -ka '(__worktime_ask assignment)'
# config unset
complete -c worktime -n '__worktime_in config unset' -l fields -x -ka '(__worktime_list key value profile)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in config unset' -l sort -x -ka '(__worktime_sort key value profile)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at +0 config unset' -f -ka '(__worktime_ask setting)'
# config path
# doctor
complete -c worktime -n '__worktime_in doctor' -l network -f -d 'Also ask the API: connection, key, clock, rate limit'
complete -c worktime -n '__worktime_in doctor' -l fields -x -ka '(__worktime_list check status detail next)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in doctor' -l sort -x -ka '(__worktime_sort check status detail next)' -d 'Sort the rows that are shown by a field'
# webhooks events
complete -c worktime -n '__worktime_in webhooks events' -l fields -x -ka '(__worktime_list event meaning example)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in webhooks events' -l sort -x -ka '(__worktime_sort event meaning example)' -d 'Sort the rows that are shown by a field'
# webhooks listen
complete -c worktime -n '__worktime_in webhooks listen' -l port -x -d 'Port; 0 takes a free one'
complete -c worktime -n '__worktime_in webhooks listen' -l host -x -d 'Address to bind'
complete -c worktime -n '__worktime_in webhooks listen' -l path -x -d 'Path of the URL'
complete -c worktime -n '__worktime_in webhooks listen' -l token -x -d 'Secret in the URL; auto makes one and remembers it, none asks for none (loopback alone)'
complete -c worktime -n '__worktime_in webhooks listen' -l public-url -x -d 'Address by which the service reaches it'
complete -c worktime -n '__worktime_in webhooks listen' -l tunnel -x -d 'Start a tunnel; {url}, {host} and {port} are filled in'
complete -c worktime -n '__worktime_in webhooks listen' -l events -x -ka '(__worktime_list employee.created employee.updated employee.deleted attendance.clock_in attendance.clock_out penalty.created lock.opened)' -d 'Only these; attendance.* for a family'
complete -c worktime -n '__worktime_in webhooks listen' -l record -r -F -d 'Record to this file; default: the state directory, rotated'
complete -c worktime -n '__worktime_in webhooks listen' -l forward -x -d 'Send each event on, until it is taken'
complete -c worktime -n '__worktime_in webhooks listen' -l exec -x -d 'Run a program for each event, given on its standard input'
complete -c worktime -n '__worktime_in webhooks listen' -l max-events -x -d 'End after so many'
complete -c worktime -n '__worktime_in webhooks listen' -l idle-timeout -x -ka '10s 30s 1m 5m 1h' -d 'End when none came for so long'
complete -c worktime -n '__worktime_in webhooks listen' -l fields -x -ka '(__worktime_list timestamp event who where method)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in webhooks listen' -l sort -x -ka '(__worktime_sort timestamp event who where method)' -d 'Sort the rows that are shown by a field'
# webhooks trigger
complete -c worktime -n '__worktime_in webhooks trigger' -l to -x -d 'The handler\'s address'
complete -c worktime -n '__worktime_in webhooks trigger' -l set -x -d 'Change a value of the event'
complete -c worktime -n '__worktime_in webhooks trigger' -l count -x -d 'How many'
complete -c worktime -n '__worktime_in webhooks trigger' -l rate -x -d 'How many in a time, such as 10/s or 30/min'
complete -c worktime -n '__worktime_in webhooks trigger' -l fields -x -ka '(__worktime_list timestamp event who result status took_ms)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in webhooks trigger' -l sort -x -ka '(__worktime_sort timestamp event who result status took_ms)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 webhooks trigger' -f -ka 'employee.created employee.updated employee.deleted attendance.clock_in attendance.clock_out penalty.created lock.opened'
# webhooks replay
complete -c worktime -n '__worktime_in webhooks replay' -l since -x -ka 'now -15m -1h' -d 'Only what came since then: 09:00, -2h'
complete -c worktime -n '__worktime_in webhooks replay' -l to -x -d 'The handler\'s address'
complete -c worktime -n '__worktime_in webhooks replay' -l events -x -ka '(__worktime_list employee.created employee.updated employee.deleted attendance.clock_in attendance.clock_out penalty.created lock.opened)' -d 'Only these; attendance.* for a family'
complete -c worktime -n '__worktime_in webhooks replay' -l rate -x -d 'How many in a time, such as 10/s or 30/min'
complete -c worktime -n '__worktime_in webhooks replay' -l fields -x -ka '(__worktime_list timestamp event who where method)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in webhooks replay' -l sort -x -ka '(__worktime_sort timestamp event who where method)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 webhooks replay' -F
# webhooks audit
complete -c worktime -n '__worktime_in webhooks audit' -l from -x -d 'First day, or a time: 2024-11-18, today, 09:00, -2h'
complete -c worktime -n '__worktime_in webhooks audit' -l to -x -d 'Last day, or a time; default: now'
complete -c worktime -n '__worktime_in webhooks audit' -l record -r -F -d 'The record of `listen --record`'
complete -c worktime -n '__worktime_in webhooks audit' -l replay -x -d 'Send what is missing to this handler'
complete -c worktime -n '__worktime_in webhooks audit' -l fields -x -ka '(__worktime_list timestamp event who where method)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in webhooks audit' -l sort -x -ka '(__worktime_sort timestamp event who where method)' -d 'Sort the rows that are shown by a field'
# runs list
complete -c worktime -n '__worktime_in runs list' -l limit -x -d 'How many (default 50)'
complete -c worktime -n '__worktime_in runs list' -l all -f -d 'Every run there is'
complete -c worktime -n '__worktime_in runs list' -l fields -x -ka '(__worktime_list id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in runs list' -l sort -x -ka '(__worktime_sort id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Sort the rows that are shown by a field'
# runs show
complete -c worktime -n '__worktime_in runs show' -l all -f -d 'The rows that are done as well'
complete -c worktime -n '__worktime_in runs show' -l fields -x -ka '(__worktime_list row action key state id reason next started_at base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in runs show' -l sort -x -ka '(__worktime_sort row action key state id reason next started_at base_url of)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 runs show' -f -ka '(__worktime_ask run)'
# runs resume
complete -c worktime -n '__worktime_in runs resume' -l dry-run -f -d 'Show the plan: it reads from the API and changes nothing'
complete -c worktime -n '__worktime_in runs resume' -l fields -x -ka '(__worktime_list id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in runs resume' -l sort -x -ka '(__worktime_sort id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 runs resume' -f -ka '(__worktime_ask run)'
# runs undo
complete -c worktime -n '__worktime_in runs undo' -l dry-run -f -d 'Show the plan: it reads from the API and changes nothing'
complete -c worktime -n '__worktime_in runs undo' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_in runs undo' -l fields -x -ka '(__worktime_list id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in runs undo' -l sort -x -ka '(__worktime_sort id kind started_at status file total done refused unclear unknown pending skipped organization base_url of)' -d 'Sort the rows that are shown by a field'
complete -c worktime -n '__worktime_at 0 runs undo' -f -ka '(__worktime_ask run)'
# sandbox serve
complete -c worktime -n '__worktime_in sandbox serve' -l port -x -d 'Where to listen; 0: any free port'
complete -c worktime -n '__worktime_in sandbox serve' -l host -x -d 'On which address; beyond loopback only when told'
complete -c worktime -n '__worktime_in sandbox serve' -l allow-host -x -d 'Another name by which it may be called, such as that of a container'
complete -c worktime -n '__worktime_in sandbox serve' -l memory -f -d 'Keep changes in memory, and forget them at the end'
complete -c worktime -n '__worktime_in sandbox serve' -l seed -x -d 'The same seed gives the same data (default 1)'
complete -c worktime -n '__worktime_in sandbox serve' -l employees -x -d 'How many employees (default 42)'
complete -c worktime -n '__worktime_in sandbox serve' -l fixture -x -ka 'january-2024' -d 'A month worked to the cent by hand, instead of a seed'
complete -c worktime -n '__worktime_in sandbox serve' -l timezone -x -ka '(__worktime_ask zone)' -d 'The organization\'s time zone (default UTC)'
complete -c worktime -n '__worktime_in sandbox serve' -l shift -x -d 'Working hours (default 09:00-17:30); an end before the start is on the next day'
complete -c worktime -n '__worktime_in sandbox serve' -l holiday -x -d 'A holiday, 2024-12-25 or 12-25 for every year (default 01-01)'
complete -c worktime -n '__worktime_in sandbox serve' -l plan -x -ka 'free paid enterprise' -d 'Whose hourly rate limit: 100, 1000 or 10000 requests (default paid; enterprise above 20000 employees)'
complete -c worktime -n '__worktime_in sandbox serve' -l rate-limit -x -d 'Requests in a window, instead of those of the plan'
complete -c worktime -n '__worktime_in sandbox serve' -l rate-window -x -ka '10s 30s 1m 5m 1h' -d 'The window of the rate limit (default 1h)'
complete -c worktime -n '__worktime_in sandbox serve' -l clock -x -ka 'now -15m -1h' -d 'When it is in there, at the start'
complete -c worktime -n '__worktime_in sandbox serve' -l clock-rate -x -d 'How many seconds pass in there in one of ours'
complete -c worktime -n '__worktime_in sandbox serve' -l simulate -x -d 'Let people come and go, so many times a minute of ours'
complete -c worktime -n '__worktime_in sandbox serve' -l late-records -x -d 'Upload so many simulated records up to 40 days late (bare: 10%)'
complete -c worktime -n '__worktime_in sandbox serve' -l duplicate-records -x -d 'Upload so many twice (bare: 10%)'
complete -c worktime -n '__worktime_in sandbox serve' -l future-records -x -d 'Date so many a few seconds ahead (bare: 10%)'
complete -c worktime -n '__worktime_in sandbox serve' -l reordered-records -x -d 'Upload so many after younger ones (bare: 10%)'
complete -c worktime -n '__worktime_in sandbox serve' -l nameless-records -x -d 'Leave out the employee of so many (bare: 10%)'
complete -c worktime -n '__worktime_in sandbox serve' -l unknown-records -x -d 'Give so many a method that nobody has heard of (bare: 10%)'
complete -c worktime -n '__worktime_in sandbox serve' -l webhook -x -d 'Deliver events there'
complete -c worktime -n '__worktime_in sandbox serve' -l webhook-events -x -ka '(__worktime_list employee.created employee.updated employee.deleted attendance.clock_in attendance.clock_out penalty.created lock.opened)' -d 'Only these events'
complete -c worktime -n '__worktime_in sandbox serve' -l webhook-drop -x -d 'Never send this share of the deliveries'
complete -c worktime -n '__worktime_in sandbox serve' -l webhook-duplicate -x -d 'Send this share twice'
complete -c worktime -n '__worktime_in sandbox serve' -l webhook-reorder -x -d 'Let a later one overtake this share'
complete -c worktime -n '__worktime_in sandbox serve' -l latency -x -d 'Answer so late: 50ms..2s'
complete -c worktime -n '__worktime_in sandbox serve' -l fail -x -d 'Answer 500 to this share of the requests'
complete -c worktime -n '__worktime_in sandbox serve' -l drop-after-commit -x -d 'Apply this share of the writes, and reset the connection instead of answering'
complete -c worktime -n '__worktime_in sandbox serve' -l drop-before-commit -x -d 'Reset the connection of this share of the requests, nothing done'
complete -c worktime -n '__worktime_in sandbox serve' -l cut-body -x -d 'Cut this share of the answers in the middle'
complete -c worktime -n '__worktime_in sandbox serve' -l hang -x -d 'Never answer this share of the requests, nothing done'
complete -c worktime -n '__worktime_in sandbox serve' -l bad-reset-header -x -ka 'absent word negative ms far' -d 'Send a wrong X-RateLimit-Reset (bare: none at all)'
# sandbox reset
complete -c worktime -n '__worktime_in sandbox reset' -l seed -x -d 'The same seed gives the same data (default 1)'
complete -c worktime -n '__worktime_in sandbox reset' -l employees -x -d 'How many employees (default 42)'
complete -c worktime -n '__worktime_in sandbox reset' -l fixture -x -ka 'january-2024' -d 'A month worked to the cent by hand, instead of a seed'
complete -c worktime -n '__worktime_in sandbox reset' -l timezone -x -ka '(__worktime_ask zone)' -d 'The organization\'s time zone (default UTC)'
complete -c worktime -n '__worktime_in sandbox reset' -l shift -x -d 'Working hours (default 09:00-17:30); an end before the start is on the next day'
complete -c worktime -n '__worktime_in sandbox reset' -l holiday -x -d 'A holiday, 2024-12-25 or 12-25 for every year (default 01-01)'
complete -c worktime -n '__worktime_in sandbox reset' -l plan -x -ka 'free paid enterprise' -d 'Whose hourly rate limit: 100, 1000 or 10000 requests (default paid; enterprise above 20000 employees)'
complete -c worktime -n '__worktime_in sandbox reset' -l fields -x -ka '(__worktime_list seed fixture employees timezone shift holidays plan made_at)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in sandbox reset' -l sort -x -ka '(__worktime_sort seed fixture employees timezone shift holidays plan made_at)' -d 'Sort the rows that are shown by a field'
# sandbox status
complete -c worktime -n '__worktime_in sandbox status' -l fields -x -ka '(__worktime_list exists directory seed fixture employees timezone shift holidays plan made_at history_from history_to employees_now writes)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in sandbox status' -l sort -x -ka '(__worktime_sort exists directory seed fixture employees timezone shift holidays plan made_at history_from history_to employees_now writes)' -d 'Sort the rows that are shown by a field'
# sandbox keys
complete -c worktime -n '__worktime_in sandbox keys' -l fields -x -ka '(__worktime_list key scope may)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in sandbox keys' -l sort -x -ka '(__worktime_sort key scope may)' -d 'Sort the rows that are shown by a field'
# sandbox simulate
complete -c worktime -n '__worktime_in sandbox simulate' -s n -l events -x -d 'How many happenings'
complete -c worktime -n '__worktime_in sandbox simulate' -l rate -x -d 'How many a minute (default: all at once)'
complete -c worktime -n '__worktime_in sandbox simulate' -l late-records -x -d 'Upload so many simulated records up to 40 days late (bare: 10%)'
complete -c worktime -n '__worktime_in sandbox simulate' -l duplicate-records -x -d 'Upload so many twice (bare: 10%)'
complete -c worktime -n '__worktime_in sandbox simulate' -l future-records -x -d 'Date so many a few seconds ahead (bare: 10%)'
complete -c worktime -n '__worktime_in sandbox simulate' -l reordered-records -x -d 'Upload so many after younger ones (bare: 10%)'
complete -c worktime -n '__worktime_in sandbox simulate' -l nameless-records -x -d 'Leave out the employee of so many (bare: 10%)'
complete -c worktime -n '__worktime_in sandbox simulate' -l unknown-records -x -d 'Give so many a method that nobody has heard of (bare: 10%)'
complete -c worktime -n '__worktime_in sandbox simulate' -l fields -x -ka '(__worktime_list at kind employee_id lock_id access_method timestamp success id)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in sandbox simulate' -l sort -x -ka '(__worktime_sort at kind employee_id lock_id access_method timestamp success id)' -d 'Sort the rows that are shown by a field'
# api
complete -c worktime -n '__worktime_in api' -s f -l field -x -d 'A field, as text'
complete -c worktime -n '__worktime_in api' -s F -l typed-field -x -d 'A field: numbers, true, false and null as such, @file for the content of a file'
complete -c worktime -n '__worktime_in api' -l data -r -F -d 'The whole JSON body, from a file or - for standard input'
complete -c worktime -n '__worktime_in api' -l paginate -f -d 'Every page, joined into one envelope'
complete -c worktime -n '__worktime_in api' -s i -l include -f -d 'The status and headers before the body'
complete -c worktime -n '__worktime_in api' -l dry-run -f -d 'Print the request and send nothing'
complete -c worktime -n '__worktime_in api' -s y -l yes -f -d 'Do not ask for confirmation'
complete -c worktime -n '__worktime_at 0 api' -f -ka 'GET POST PUT DELETE /organization /employees /attendance /attendance/clock /reports/payroll /reports/attendance /locks'
complete -c worktime -n '__worktime_at 1 api' -f -ka '/organization /employees /attendance /attendance/clock /reports/payroll /reports/attendance /locks'
# limits
complete -c worktime -n '__worktime_in limits' -l fields -x -ka '(__worktime_list limit remaining used resets_at resets_in_seconds last_seen.at last_seen.remaining last_seen.limit)' -d 'Pick and order columns; without a value list those there are'
complete -c worktime -n '__worktime_in limits' -l sort -x -ka '(__worktime_sort limit remaining used resets_at resets_in_seconds last_seen.at last_seen.remaining last_seen.limit)' -d 'Sort the rows that are shown by a field'
# openapi
# completion
complete -c worktime -n '__worktime_at 0 completion' -f -ka 'bash zsh fish powershell'
# help
complete -c worktime -n '__worktime_in help' -l all -f -d 'The whole reference'
complete -c worktime -n '__worktime_at +0 help' -f -a '(__worktime_topics)'
