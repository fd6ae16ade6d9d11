# worktime completion for PowerShell 5.1 and newer. Generated from the command tree: do not edit.
#
# In this shell:     worktime completion powershell | Out-String | Invoke-Expression
# In every shell:    New-Item -Type Directory -Force (Split-Path $PROFILE) | Out-Null
#                    Add-Content $PROFILE 'worktime completion powershell | Out-String | iex'

Register-ArgumentCompleter -Native -CommandName worktime -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)

  $read = {
    param($text)
    $found = [System.Collections.Generic.Dictionary[string, string]]::new([StringComparer]::Ordinal)
    foreach ($line in $text -split "\r?\n") {
      $at = $line.IndexOf(' = ')
      if ($at -gt 0) { $found[$line.Substring(0, $at)] = $line.Substring($at + 3) }
    }
    , $found
  }
  # What a table has under a key, or nothing.
  $in = { param($map, $key) if ($key -and $map.ContainsKey($key)) { $map[$key] } }
  $starts = { param($text, $start) $text.StartsWith($start, [StringComparison]::Ordinal) }

  $nouns = 'organization employees attendance reports locks login logout whoami profiles config doctor webhooks runs sandbox api limits openapi completion help'
  $globals = '--format --json --output --force --fields --query --sort --no-header --quiet --timezone --profile --sandbox --base-url --max-wait --timeout --max-body --no-input --debug --help'
  # noun -> verbs
  $verbs = (& $read @'
organization = show
employees = list get create update delete restore import export sync
attendance = list clock import
reports = payroll attendance
locks = list history
profiles = list show use rename remove
config = list get set unset path
webhooks = events listen trigger replay audit
runs = list show resume undo
sandbox = serve reset status keys simulate
'@)
  # command -> its own flags
  $flags = (& $read @'
worktime = --version
employees list = --page --limit --department --status --all
employees create = --name --email --department --position --salary --start-date --data --dry-run
employees update = --name --email --department --position --salary --start-date --status --data --dry-run
employees delete = --dry-run --yes
employees restore = --dry-run
employees import = --on-conflict --map --default --ignore-unknown --decimal --dates --encoding --sheet --concurrency --again --dry-run --yes
employees export = --department --status
employees sync = --prune --map --default --ignore-unknown --decimal --dates --encoding --sheet --concurrency --dry-run --yes
attendance list = --employee --from --to --lock --page --limit --month --all --since --until --last --follow --interval --idle-timeout --max-events --exec --resume
attendance clock = --at --lock --notes --dry-run
attendance import = --on-conflict --map --default --ignore-unknown --decimal --dates --encoding --sheet --concurrency --again --dry-run --yes
reports payroll = --from --to --employee --month --per-employee --original
reports attendance = --from --to --employee --month --chart
locks history = --all-locks --since --until --last --method --failed --employee --limit --follow --interval --idle-timeout --max-events --exec --resume --chart
login = --key-stdin --key-command
profiles remove = --yes
doctor = --network
webhooks listen = --port --host --path --token --public-url --tunnel --events --record --forward --exec --max-events --idle-timeout
webhooks trigger = --to --set --count --rate
webhooks replay = --since --to --events --rate
webhooks audit = --from --to --record --replay
runs list = --limit --all
runs show = --all
runs resume = --yes --dry-run
runs undo = --dry-run --yes
sandbox serve = --port --host --allow-host --memory --seed --employees --fixture --shift --holiday --plan --rate-limit --rate-window --clock --clock-rate --simulate --late-records --duplicate-records --future-records --reordered-records --nameless-records --unknown-records --webhook --webhook-events --webhook-drop --webhook-duplicate --webhook-reorder --latency --fail --drop-after-commit --drop-before-commit --cut-body --hang --bad-reset-header
sandbox reset = --seed --employees --fixture --shift --holiday --plan
sandbox simulate = --events --rate --late-records --duplicate-records --future-records --reordered-records --nameless-records --unknown-records
api = --field --typed-field --data --paginate --include --dry-run --yes
help = --all
'@)
  # command, position -> what belongs there: =words, @asked of worktime itself, /file, %command, - anything
  $slots = (& $read @'
employees get 0 = @employee
employees update 0 = @employee
employees delete * = @active-employee
employees restore * = @inactive-employee
employees import 0 = /
employees export 0 = /
employees sync 0 = /
attendance clock 0 = =in out
attendance clock 1 = @active-employee
attendance import 0 = /
locks history * = @lock
profiles show 0 = @profile
profiles use 0 = @profile
profiles rename 0 = @profile
profiles rename 1 = -
profiles remove 0 = @profile
config get 0 = @setting
config set * = @assignment
config unset * = @setting
webhooks trigger 0 = =employee.created employee.updated employee.deleted attendance.clock_in attendance.clock_out penalty.created lock.opened
webhooks replay 0 = /
runs show 0 = @run
runs resume 0 = @resumable
runs undo 0 = @undoable
api 0 = =GET POST PUT PATCH DELETE /organization /employees /attendance /attendance/clock /reports/payroll /reports/attendance /locks
api 1 = =/organization /employees /attendance /attendance/clock /reports/payroll /reports/attendance /locks
completion 0 = =bash zsh fish powershell
help * = %organization employees attendance reports locks login logout whoami profiles config doctor webhooks runs sandbox api limits openapi completion help environment exit-codes formats dates webhooks sandbox scripting
'@)
  # command, flag -> what its value may be; a flag that is not here is a switch; ? it may be left out
  $values = (& $read @'
--format = =table json ndjson csv excel
--output = /
-o = /
--fields = ?-
--query = -
--sort = -
--timezone = @zone
--profile = @profile
--base-url = -
--max-wait = =10s 30s 1m 5m 1h
--timeout = =10s 30s 1m 5m 1h
--max-body = -
organization show --fields = ?,id name employees_count timezone currency created_at
organization show --sort = :id name employees_count timezone currency created_at
employees list --page = -
employees list --limit = -
employees list --department = @department
employees list --status = =active inactive
employees list --fields = ?,id name email department position salary status created_at department_id start_date end_date deleted_at
employees list --sort = :id name email department position salary status created_at department_id start_date end_date deleted_at
employees get --fields = ?,id name email department position salary status created_at department_id start_date end_date deleted_at
employees get --sort = :id name email department position salary status created_at department_id start_date end_date deleted_at
employees create --name = -
employees create --email = -
employees create --department = @department
employees create --position = -
employees create --salary = -
employees create --start-date = =today yesterday -7d -30d this-week last-week this-month last-month
employees create --data = /
employees create --fields = ?,id name email department position salary status created_at department_id start_date end_date deleted_at
employees create --sort = :id name email department position salary status created_at department_id start_date end_date deleted_at
employees update --name = -
employees update --email = -
employees update --department = @department
employees update --position = -
employees update --salary = -
employees update --start-date = =today yesterday -7d -30d this-week last-week this-month last-month
employees update --status = =active inactive
employees update --data = /
employees update --fields = ?,id name email department position salary status created_at department_id start_date end_date deleted_at
employees update --sort = :id name email department position salary status created_at department_id start_date end_date deleted_at
employees delete --fields = ?,id name email department position salary status created_at department_id start_date end_date deleted_at
employees delete --sort = :id name email department position salary status created_at department_id start_date end_date deleted_at
employees restore --fields = ?,id name email department position salary status created_at department_id start_date end_date deleted_at
employees restore --sort = :id name email department position salary status created_at department_id start_date end_date deleted_at
employees import --on-conflict = =skip update fail
employees import --map = -
employees import --default = -
employees import --decimal = =comma point
employees import --dates = =dmy mdy
employees import --encoding = -
employees import --sheet = -
employees import --concurrency = -
employees import --fields = ?,id kind started_at status file total done refused unclear unknown pending skipped organization base_url of
employees import --sort = :id kind started_at status file total done refused unclear unknown pending skipped organization base_url of
employees export --department = @department
employees export --status = =active inactive
employees export --fields = ?,id name email department position salary status created_at department_id start_date end_date deleted_at
employees export --sort = :id name email department position salary status created_at department_id start_date end_date deleted_at
employees sync --map = -
employees sync --default = -
employees sync --decimal = =comma point
employees sync --dates = =dmy mdy
employees sync --encoding = -
employees sync --sheet = -
employees sync --concurrency = -
employees sync --fields = ?,id kind started_at status file total done refused unclear unknown pending skipped organization base_url of
employees sync --sort = :id kind started_at status file total done refused unclear unknown pending skipped organization base_url of
attendance list --employee = @employee
attendance list --from = =today yesterday -7d -30d this-week last-week this-month last-month
attendance list --to = =today yesterday -7d -30d this-week last-week this-month last-month
attendance list --lock = @lock
attendance list --page = -
attendance list --limit = -
attendance list --month = =this-month last-month
attendance list --since = =now -15m -1h
attendance list --until = =now -15m -1h
attendance list --last = -
attendance list -n = -
attendance list --interval = =10s 30s 1m 5m 1h
attendance list --idle-timeout = =10s 30s 1m 5m 1h
attendance list --max-events = -
attendance list --exec = -
attendance list --resume = @resume
attendance list --fields = ?,id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id
attendance list --sort = :id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id
attendance clock --at = =now -15m -1h
attendance clock --lock = @lock
attendance clock --notes = -
attendance clock --fields = ?,id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id
attendance clock --sort = :id date employee_id employee_name clock_in clock_out work_hours late_minutes early_departure_minutes lock_id
attendance import --on-conflict = =skip fail
attendance import --map = -
attendance import --default = -
attendance import --decimal = =comma point
attendance import --dates = =dmy mdy
attendance import --encoding = -
attendance import --sheet = -
attendance import --concurrency = -
attendance import --fields = ?,id kind started_at status file total done refused unclear unknown pending skipped organization base_url of
attendance import --sort = :id kind started_at status file total done refused unclear unknown pending skipped organization base_url of
reports payroll --from = =today yesterday -7d -30d this-week last-week this-month last-month
reports payroll --to = =today yesterday -7d -30d this-week last-week this-month last-month
reports payroll --employee = @employee
reports payroll --month = =this-month last-month
reports payroll --fields = ?,employee_id employee_name department position annual_salary scheduled_days days_worked days_absent work_hours overtime_hours late_minutes early_departure_minutes base_pay overtime_pay absence_deduction late_penalty early_departure_penalty total_penalties total_pay warnings
reports payroll --sort = :employee_id employee_name department position annual_salary scheduled_days days_worked days_absent work_hours overtime_hours late_minutes early_departure_minutes base_pay overtime_pay absence_deduction late_penalty early_departure_penalty total_penalties total_pay warnings
reports attendance --from = =today yesterday -7d -30d this-week last-week this-month last-month
reports attendance --to = =today yesterday -7d -30d this-week last-week this-month last-month
reports attendance --employee = @employee
reports attendance --month = =this-month last-month
reports attendance --chart = ?=weekday hours
reports attendance --fields = ?,employee_id employee_name department scheduled_days days_present days_absent late_arrivals late_minutes early_departures early_departure_minutes work_hours overtime_hours missing_clock_outs
reports attendance --sort = :employee_id employee_name department scheduled_days days_present days_absent late_arrivals late_minutes early_departures early_departure_minutes work_hours overtime_hours missing_clock_outs
locks list --fields = ?,id name location status battery_level has_gateway last_seen_at created_at
locks list --sort = :id name location status battery_level has_gateway last_seen_at created_at
locks history --since = =now -15m -1h
locks history --until = =now -15m -1h
locks history --last = -
locks history -n = -
locks history --method = =app passcode card fingerprint wristband face palm_vein qr_code remote gateway mechanical_key inside auto_lock
locks history --employee = @employee
locks history --limit = -
locks history --interval = =10s 30s 1m 5m 1h
locks history --idle-timeout = =10s 30s 1m 5m 1h
locks history --max-events = -
locks history --exec = -
locks history --resume = @resume
locks history --chart = ?=method hour weekday
locks history --fields = ?,timestamp lock_id employee_id employee_name access_method success failure_reason received_at id
locks history --sort = :timestamp lock_id employee_id employee_name access_method success failure_reason received_at id
login --key-command = -
login --fields = ?,profile organization organization_id base_url key scope in_use
login --sort = :profile organization organization_id base_url key scope in_use
logout --fields = ?,profile forgotten
logout --sort = :profile forgotten
whoami --fields = ?,profile profile_source organization organization_id organization_source base_url base_url_source key key_source scope shadowed_key timezone timezone_source format format_source max_wait max_wait_source project_file config_file
whoami --sort = :profile profile_source organization organization_id organization_source base_url base_url_source key key_source scope shadowed_key timezone timezone_source format format_source max_wait max_wait_source project_file config_file
profiles list --fields = ?,name in_use organization organization_id base_url key scope
profiles list --sort = :name in_use organization organization_id base_url key scope
profiles show --fields = ?,name in_use organization organization_id base_url key scope
profiles show --sort = :name in_use organization organization_id base_url key scope
profiles use --fields = ?,name in_use organization organization_id base_url key scope
profiles use --sort = :name in_use organization organization_id base_url key scope
profiles rename --fields = ?,name in_use organization organization_id base_url key scope
profiles rename --sort = :name in_use organization organization_id base_url key scope
profiles remove --fields = ?,name removed
profiles remove --sort = :name removed
config list --fields = ?,key value profile
config list --sort = :key value profile
config set --fields = ?,key value profile
config set --sort = :key value profile
config unset --fields = ?,key value profile
config unset --sort = :key value profile
doctor --fields = ?,check status detail next
doctor --sort = :check status detail next
webhooks events --fields = ?,event meaning example
webhooks events --sort = :event meaning example
webhooks listen --port = -
webhooks listen --host = -
webhooks listen --path = -
webhooks listen --token = -
webhooks listen --public-url = -
webhooks listen --tunnel = -
webhooks listen --events = ,employee.created employee.updated employee.deleted attendance.clock_in attendance.clock_out penalty.created lock.opened
webhooks listen --record = /
webhooks listen --forward = -
webhooks listen --exec = -
webhooks listen --max-events = -
webhooks listen --idle-timeout = =10s 30s 1m 5m 1h
webhooks listen --fields = ?,timestamp event who where method
webhooks listen --sort = :timestamp event who where method
webhooks trigger --to = -
webhooks trigger --set = -
webhooks trigger --count = -
webhooks trigger --rate = -
webhooks trigger --fields = ?,timestamp event who result status took_ms
webhooks trigger --sort = :timestamp event who result status took_ms
webhooks replay --since = =now -15m -1h
webhooks replay --to = -
webhooks replay --events = ,employee.created employee.updated employee.deleted attendance.clock_in attendance.clock_out penalty.created lock.opened
webhooks replay --rate = -
webhooks replay --fields = ?,timestamp event who where method
webhooks replay --sort = :timestamp event who where method
webhooks audit --from = -
webhooks audit --to = -
webhooks audit --record = /
webhooks audit --replay = -
webhooks audit --fields = ?,timestamp event who where method
webhooks audit --sort = :timestamp event who where method
runs list --limit = -
runs list --fields = ?,id kind started_at status file total done refused unclear unknown pending skipped organization base_url of
runs list --sort = :id kind started_at status file total done refused unclear unknown pending skipped organization base_url of
runs show --fields = ?,row action key state id reason next started_at base_url of
runs show --sort = :row action key state id reason next started_at base_url of
runs resume --fields = ?,id kind started_at status file total done refused unclear unknown pending skipped organization base_url of
runs resume --sort = :id kind started_at status file total done refused unclear unknown pending skipped organization base_url of
runs undo --fields = ?,id kind started_at status file total done refused unclear unknown pending skipped organization base_url of
runs undo --sort = :id kind started_at status file total done refused unclear unknown pending skipped organization base_url of
sandbox serve --port = -
sandbox serve --host = -
sandbox serve --allow-host = -
sandbox serve --seed = -
sandbox serve --employees = -
sandbox serve --fixture = =january-2024
sandbox serve --timezone = @zone
sandbox serve --shift = -
sandbox serve --holiday = -
sandbox serve --plan = =free paid enterprise
sandbox serve --rate-limit = -
sandbox serve --rate-window = =10s 30s 1m 5m 1h
sandbox serve --clock = =now -15m -1h
sandbox serve --clock-rate = -
sandbox serve --simulate = -
sandbox serve --late-records = ?-
sandbox serve --duplicate-records = ?-
sandbox serve --future-records = ?-
sandbox serve --reordered-records = ?-
sandbox serve --nameless-records = ?-
sandbox serve --unknown-records = ?-
sandbox serve --webhook = -
sandbox serve --webhook-events = ,employee.created employee.updated employee.deleted attendance.clock_in attendance.clock_out penalty.created lock.opened
sandbox serve --webhook-drop = -
sandbox serve --webhook-duplicate = -
sandbox serve --webhook-reorder = -
sandbox serve --latency = -
sandbox serve --fail = -
sandbox serve --drop-after-commit = -
sandbox serve --drop-before-commit = -
sandbox serve --cut-body = -
sandbox serve --hang = -
sandbox serve --bad-reset-header = ?=absent word negative ms far
sandbox reset --seed = -
sandbox reset --employees = -
sandbox reset --fixture = =january-2024
sandbox reset --timezone = @zone
sandbox reset --shift = -
sandbox reset --holiday = -
sandbox reset --plan = =free paid enterprise
sandbox reset --fields = ?,seed fixture employees timezone shift holidays plan made_at
sandbox reset --sort = :seed fixture employees timezone shift holidays plan made_at
sandbox status --fields = ?,exists directory seed fixture employees timezone shift holidays plan made_at history_from history_to employees_now writes
sandbox status --sort = :exists directory seed fixture employees timezone shift holidays plan made_at history_from history_to employees_now writes
sandbox keys --fields = ?,key scope may
sandbox keys --sort = :key scope may
sandbox simulate --events = -
sandbox simulate -n = -
sandbox simulate --rate = -
sandbox simulate --late-records = ?-
sandbox simulate --duplicate-records = ?-
sandbox simulate --future-records = ?-
sandbox simulate --reordered-records = ?-
sandbox simulate --nameless-records = ?-
sandbox simulate --unknown-records = ?-
sandbox simulate --fields = ?,at kind employee_id lock_id access_method timestamp success id
sandbox simulate --sort = :at kind employee_id lock_id access_method timestamp success id
api --field = -
api -f = -
api --typed-field = -
api -F = -
api --data = /
limits --fields = ?,limit remaining used resets_at resets_in_seconds last_seen.at last_seen.remaining last_seen.limit
limits --sort = :limit remaining used resets_at resets_in_seconds last_seen.at last_seen.remaining last_seen.limit
'@)
  # flags that may be given more than once
  $repeated = (& $read @'
employees import --map = yes
employees import --default = yes
employees sync --map = yes
employees sync --default = yes
attendance import --map = yes
attendance import --default = yes
locks history --method = yes
webhooks listen --forward = yes
webhooks trigger --set = yes
sandbox serve --allow-host = yes
sandbox serve --holiday = yes
sandbox serve --webhook = yes
sandbox reset --holiday = yes
api --field = yes
api --typed-field = yes
'@)
  $about = (& $read @'
organization = The organization that the key belongs to
employees = List, show, add, change, delete, restore, import and sync employees
attendance = List attendance, clock people in and out, import punches
reports = Payroll and attendance reports, as tables or Excel workbooks
locks = Smart locks, and who opened them
login = Save a key as a profile
logout = Forget a profile's key
whoami = Show the profile, organization and key in force, and where each came from
profiles = List, show, choose, rename and remove profiles
config = Defaults and aliases
doctor = Check the installation, configuration, key and connection
webhooks = Listen to, trigger, replay and audit webhooks
runs = Journals of bulk work: list, show, resume, undo
sandbox = The embedded API: serve, reset, status, keys, simulate
api = Call any path of the API
limits = Show the rate limit, as last seen and now
openapi = Print the OpenAPI 3.1 document of the API
completion = Print a completion script for bash, zsh, fish or PowerShell
help = Help on a command or a topic
organization show = Show the organization that the key belongs to
employees list = List employees, a page at a time or all of them
employees get = Show one employee
employees create = Add an employee
employees update = Change fields of an employee
employees delete = Delete employees; they can be restored
employees restore = Bring deleted employees back
employees import = Add employees from a file, every row once
employees export = Save every employee in a file that `employees sync` reads
employees sync = Make the organization what a file says: creates, updates and, with --prune, deletes
attendance list = List attendance records
attendance clock = Clock an employee in or out
attendance import = Record punches from a file, every row once
reports payroll = Calculate pay: salaries, overtime and penalties
reports attendance = Sum up attendance: hours, lateness and absences
locks list = List the connected smart locks
locks history = Show who opened a lock, when and how; with --follow, as it happens
profiles list = List the profiles
profiles show = Show a profile
profiles use = Choose the profile that commands use
profiles rename = Give a profile another name
profiles remove = Remove a profile with its key, aliases and defaults
config list = List the defaults and aliases
config get = Print the value of a setting
config set = Set a default or an alias
config unset = Remove defaults or aliases
config path = Print the path of the configuration file
webhooks events = List the webhook events, what each means and an example
webhooks listen = Receive webhooks: show, record and forward them
webhooks trigger = Send a made-up event to a handler
webhooks replay = Send recorded events again, or show them
webhooks audit = List what happened and never arrived as a webhook
runs list = List imports, syncs, undos, and single creates and punches, the newest first
runs show = Show a run and its rows that are not done, each with what to do
runs resume = Go on with a run: what is left, what is unclear, and what was refused
runs undo = Take a run back: created → deleted, updated → put back, deleted → restored
sandbox serve = Serve the sandbox over HTTP, as pleasant or unpleasant as asked
sandbox reset = Make the sandbox anew
sandbox status = Show what the sandbox is made of and what has changed
sandbox keys = Show the keys that open the sandbox
sandbox simulate = Let people come and go in the sandbox
--format = Shape of the output; excel saves a workbook
--json = Short for --format json
--output = Write to a file, whole or not at all; its ending gives the format
--force = Let -o replace an existing file
--fields = Pick and order columns; without a value list those there are
--query = Filter and reshape the whole result
--sort = Sort the rows that are shown by a field
--no-header = Leave out the header of a table or CSV
--quiet = Print IDs alone, with --json as an array; no notes
--timezone = Whose days and times are meant; default: the organization's
--profile = Use this profile
--sandbox = Use the embedded sandbox: no account, no network
--base-url = Use another address of the API
--max-wait = Longest wait for a rate limit (default 60s, 0 never)
--timeout = Limit for each whole attempt (default 30s)
--max-body = Largest answer accepted, as decoded (default 64MiB)
--no-input = Never ask anything
--debug = Print each request, the key masked, and stack traces
--help = Show help; with --json as data
--version = Show the version; with --json Node and platform too
organization show --fields = Pick and order columns; without a value list those there are
organization show --sort = Sort the rows that are shown by a field
employees list --page = Which page, from 1
employees list --limit = Rows a page, 1 to 100
employees list --department = Only this department: its ID, alias or name
employees list --status = Only employees of this status
employees list --all = Every page, streamed
employees list --fields = Pick and order columns; without a value list those there are
employees list --sort = Sort the rows that are shown by a field
employees get --fields = Pick and order columns; without a value list those there are
employees get --sort = Sort the rows that are shown by a field
employees create --name = Full name
employees create --email = E-mail address
employees create --department = Department's ID, alias or name
employees create --position = Job title
employees create --salary = A year's salary
employees create --start-date = First working day
employees create --data = Take fields from a JSON object in a file, or - for standard input
employees create --dry-run = Print the request and send nothing
employees create --fields = Pick and order columns; without a value list those there are
employees create --sort = Sort the rows that are shown by a field
employees update --name = Full name
employees update --email = E-mail address
employees update --department = Department's ID, alias or name
employees update --position = Job title
employees update --salary = A year's salary
employees update --start-date = First working day
employees update --status = Whether the employee works here
employees update --data = Take fields from a JSON object in a file, or - for standard input
employees update --dry-run = Print the request and send nothing
employees update --fields = Pick and order columns; without a value list those there are
employees update --sort = Sort the rows that are shown by a field
employees delete --dry-run = Print the request and send nothing
employees delete --yes = Do not ask for confirmation
employees delete --fields = Pick and order columns; without a value list those there are
employees delete --sort = Sort the rows that are shown by a field
employees restore --dry-run = Print the request and send nothing
employees restore --fields = Pick and order columns; without a value list those there are
employees restore --sort = Sort the rows that are shown by a field
employees import --on-conflict = When the e-mail address exists already (default fail)
employees import --map = A column of the file is this field
employees import --default = For rows whose cell is empty
employees import --ignore-unknown = Leave out columns that are no field
employees import --decimal = Numbers are written 65.000,50 or 65,000.50 (default plain: 65000.50)
employees import --dates = Dates are written 31.12.2024 or 12/31/2024 (default 2024-12-31)
employees import --encoding = Of a text that is not UTF-8, such as windows-1252
employees import --sheet = Worksheet of an Excel file; default: the first
employees import --concurrency = Requests at once (default 8)
employees import --again = Do it once more although this file was imported already
employees import --dry-run = Show the plan: it reads from the API and changes nothing
employees import --yes = Do not ask for confirmation
employees import --fields = Pick and order columns; without a value list those there are
employees import --sort = Sort the rows that are shown by a field
employees export --department = Only this department: its ID, alias or name
employees export --status = Only employees of this status
employees export --fields = Pick and order columns; without a value list those there are
employees export --sort = Sort the rows that are shown by a field
employees sync --prune = Delete active employees that the file does not name
employees sync --map = A column of the file is this field
employees sync --default = For rows whose cell is empty
employees sync --ignore-unknown = Leave out columns that are no field
employees sync --decimal = Numbers are written 65.000,50 or 65,000.50 (default plain: 65000.50)
employees sync --dates = Dates are written 31.12.2024 or 12/31/2024 (default 2024-12-31)
employees sync --encoding = Of a text that is not UTF-8, such as windows-1252
employees sync --sheet = Worksheet of an Excel file; default: the first
employees sync --concurrency = Requests at once (default 8)
employees sync --dry-run = Show the plan: it reads from the API and changes nothing
employees sync --yes = Do not ask for confirmation
employees sync --fields = Pick and order columns; without a value list those there are
employees sync --sort = Sort the rows that are shown by a field
attendance list --employee = Only this employee: an ID or alias
attendance list --from = First day
attendance list --to = Last day, inclusive
attendance list --lock = Only through this lock: an ID or alias
attendance list --page = Which page, where the API pages this list
attendance list --limit = Rows a page, where the API pages this list
attendance list --month = A whole month: --from and --to at once; also last-month, this-month
attendance list --all = Every page, streamed
attendance list --since = With --follow: start with what there is since
attendance list --until = With --follow: end then
attendance list --last = With --follow: start with the newest N (default 10)
attendance list --follow = Go on with what arrives, each record once; -o FILE is appended to (NDJSON)
attendance list --interval = Time between polls; default: a fair share of the rate limit's calls
attendance list --idle-timeout = End after so long without a record
attendance list --max-events = End after so many records, counting those that it starts with (-n 0: new ones alone)
attendance list --exec = Run a program for each record, without a shell: the record on its standard input
attendance list --resume = Remember under this name what was shown, and go on there next time
attendance list --fields = Pick and order columns; without a value list those there are
attendance list --sort = Sort the rows that are shown by a field
attendance clock --at = When: RFC 3339, 09:00, "yesterday 17:30", now, -15m
attendance clock --lock = At which lock: an ID or alias
attendance clock --notes = A note for the record
attendance clock --dry-run = Print the request and send nothing
attendance clock --fields = Pick and order columns; without a value list those there are
attendance clock --sort = Sort the rows that are shown by a field
attendance import --on-conflict = When a punch is recorded already (default fail)
attendance import --map = A column of the file is this field
attendance import --default = For rows whose cell is empty
attendance import --ignore-unknown = Leave out columns that are no field
attendance import --decimal = Numbers are written 65.000,50 or 65,000.50 (default plain: 65000.50)
attendance import --dates = Dates are written 31.12.2024 or 12/31/2024 (default 2024-12-31)
attendance import --encoding = Of a text that is not UTF-8, such as windows-1252
attendance import --sheet = Worksheet of an Excel file; default: the first
attendance import --concurrency = Requests at once (default 8)
attendance import --again = Do it once more although this file was imported already
attendance import --dry-run = Show the plan: it reads from the API and changes nothing
attendance import --yes = Do not ask for confirmation
attendance import --fields = Pick and order columns; without a value list those there are
attendance import --sort = Sort the rows that are shown by a field
reports payroll --from = First day
reports payroll --to = Last day, inclusive
reports payroll --employee = Only this employee: an ID or alias
reports payroll --month = A whole month: --from and --to at once; also last-month, this-month
reports payroll --per-employee = With --format excel: a sheet a person, with their attendance
reports payroll --original = Save the API's own Excel answer, byte for byte
reports payroll --fields = Pick and order columns; without a value list those there are
reports payroll --sort = Sort the rows that are shown by a field
reports attendance --from = First day
reports attendance --to = Last day, inclusive
reports attendance --employee = Only this employee: an ID or alias
reports attendance --month = A whole month: --from and --to at once; also last-month, this-month
reports attendance --chart = Draw bars in the terminal: lateness by weekday, hours by employee
reports attendance --fields = Pick and order columns; without a value list those there are
reports attendance --sort = Sort the rows that are shown by a field
locks list --fields = Pick and order columns; without a value list those there are
locks list --sort = Sort the rows that are shown by a field
locks history --all-locks = Every lock that is connected
locks history --since = From this time on; with --follow: start with what there is since
locks history --until = Before this time; with --follow: end then
locks history --last = The newest N; with --follow: start with them (default 10)
locks history --method = Only by this method, repeatable: app, passcode, card, fingerprint, wristband …
locks history --failed = Only attempts that did not open
locks history --employee = Only of this employee
locks history --limit = The same as --last
locks history --follow = Go on with what arrives, each record once; -o FILE is appended to (NDJSON)
locks history --interval = Time between polls; default: a fair share of the rate limit's calls
locks history --idle-timeout = End after so long without a record
locks history --max-events = End after so many records, counting those that it starts with (-n 0: new ones alone)
locks history --exec = Run a program for each record, without a shell: the record on its standard input
locks history --resume = Remember under this name what was shown, and go on there next time
locks history --chart = Draw bars in the terminal: events by method, events by hour, events by weekday
locks history --fields = Pick and order columns; without a value list those there are
locks history --sort = Sort the rows that are shown by a field
login --key-stdin = Read the key from standard input
login --key-command = Store no key, but a program that prints it; run without a shell whenever a key is needed
login --fields = Pick and order columns; without a value list those there are
login --sort = Sort the rows that are shown by a field
logout --fields = Pick and order columns; without a value list those there are
logout --sort = Sort the rows that are shown by a field
whoami --fields = Pick and order columns; without a value list those there are
whoami --sort = Sort the rows that are shown by a field
profiles list --fields = Pick and order columns; without a value list those there are
profiles list --sort = Sort the rows that are shown by a field
profiles show --fields = Pick and order columns; without a value list those there are
profiles show --sort = Sort the rows that are shown by a field
profiles use --fields = Pick and order columns; without a value list those there are
profiles use --sort = Sort the rows that are shown by a field
profiles rename --fields = Pick and order columns; without a value list those there are
profiles rename --sort = Sort the rows that are shown by a field
profiles remove --yes = Do not ask for confirmation
profiles remove --fields = Pick and order columns; without a value list those there are
profiles remove --sort = Sort the rows that are shown by a field
config list --fields = Pick and order columns; without a value list those there are
config list --sort = Sort the rows that are shown by a field
config set --fields = Pick and order columns; without a value list those there are
config set --sort = Sort the rows that are shown by a field
config unset --fields = Pick and order columns; without a value list those there are
config unset --sort = Sort the rows that are shown by a field
doctor --network = Also ask the API: connection, key, clock, rate limit
doctor --fields = Pick and order columns; without a value list those there are
doctor --sort = Sort the rows that are shown by a field
webhooks events --fields = Pick and order columns; without a value list those there are
webhooks events --sort = Sort the rows that are shown by a field
webhooks listen --port = Port; 0 takes a free one
webhooks listen --host = Address to bind
webhooks listen --path = Path of the URL
webhooks listen --token = Secret in the URL; auto makes one and remembers it, none asks for none (loopback alone)
webhooks listen --public-url = Address by which the service reaches it
webhooks listen --tunnel = Start a tunnel; {url}, {host} and {port} are filled in
webhooks listen --events = Only these; attendance.* for a family
webhooks listen --record = Record to this file; default: the state directory, rotated
webhooks listen --forward = Send each event on, until it is taken
webhooks listen --exec = Run a program for each event, given on its standard input
webhooks listen --max-events = End after so many
webhooks listen --idle-timeout = End when none came for so long
webhooks listen --fields = Pick and order columns; without a value list those there are
webhooks listen --sort = Sort the rows that are shown by a field
webhooks trigger --to = The handler's address
webhooks trigger --set = Change a value of the event
webhooks trigger --count = How many
webhooks trigger --rate = How many in a time, such as 10/s or 30/min
webhooks trigger --fields = Pick and order columns; without a value list those there are
webhooks trigger --sort = Sort the rows that are shown by a field
webhooks replay --since = Only what came since then: 09:00, -2h
webhooks replay --to = The handler's address
webhooks replay --events = Only these; attendance.* for a family
webhooks replay --rate = How many in a time, such as 10/s or 30/min
webhooks replay --fields = Pick and order columns; without a value list those there are
webhooks replay --sort = Sort the rows that are shown by a field
webhooks audit --from = First day, or a time: 2024-11-18, today, 09:00, -2h
webhooks audit --to = Last day, or a time; default: now
webhooks audit --record = The record of `listen --record`
webhooks audit --replay = Send what is missing to this handler
webhooks audit --fields = Pick and order columns; without a value list those there are
webhooks audit --sort = Sort the rows that are shown by a field
runs list --limit = How many (default 50)
runs list --all = Every run there is
runs list --fields = Pick and order columns; without a value list those there are
runs list --sort = Sort the rows that are shown by a field
runs show --all = The rows that are done as well
runs show --fields = Pick and order columns; without a value list those there are
runs show --sort = Sort the rows that are shown by a field
runs resume --yes = Taken as by the other verbs: going on asks nothing
runs resume --dry-run = Show the plan: it reads from the API and changes nothing
runs resume --fields = Pick and order columns; without a value list those there are
runs resume --sort = Sort the rows that are shown by a field
runs undo --dry-run = Show the plan: it reads from the API and changes nothing
runs undo --yes = Do not ask for confirmation
runs undo --fields = Pick and order columns; without a value list those there are
runs undo --sort = Sort the rows that are shown by a field
sandbox serve --port = Where to listen; 0: any free port
sandbox serve --host = On which address; beyond loopback only when told
sandbox serve --allow-host = Another name by which it may be called, such as that of a container
sandbox serve --memory = Keep changes in memory, and forget them at the end
sandbox serve --seed = The same seed gives the same data (default 1)
sandbox serve --employees = How many employees (default 42)
sandbox serve --fixture = A month worked to the cent by hand, instead of a seed
sandbox serve --timezone = The organization's time zone (default UTC)
sandbox serve --shift = Working hours (default 09:00-17:30); an end before the start is on the next day
sandbox serve --holiday = A holiday, 2024-12-25 or 12-25 for every year (default 01-01)
sandbox serve --plan = Whose hourly rate limit: 100, 1000 or 10000 requests (default paid; enterprise above 20000 employees)
sandbox serve --rate-limit = Requests in a window, instead of those of the plan
sandbox serve --rate-window = The window of the rate limit (default 1h)
sandbox serve --clock = When it is in there, at the start
sandbox serve --clock-rate = How many seconds pass in there in one of ours
sandbox serve --simulate = Let people come and go, so many times a minute of ours
sandbox serve --late-records = Upload so many simulated records up to 40 days late (bare: 10%)
sandbox serve --duplicate-records = Upload so many twice (bare: 10%)
sandbox serve --future-records = Date so many a few seconds ahead (bare: 10%)
sandbox serve --reordered-records = Upload so many after younger ones (bare: 10%)
sandbox serve --nameless-records = Leave out the employee of so many (bare: 10%)
sandbox serve --unknown-records = Give so many a method that nobody has heard of (bare: 10%)
sandbox serve --webhook = Deliver events there
sandbox serve --webhook-events = Only these events
sandbox serve --webhook-drop = Never send this share of the deliveries
sandbox serve --webhook-duplicate = Send this share twice
sandbox serve --webhook-reorder = Let a later one overtake this share
sandbox serve --latency = Answer so late: 50ms..2s
sandbox serve --fail = Answer 500 to this share of the requests
sandbox serve --drop-after-commit = Apply this share of the writes, and reset the connection instead of answering
sandbox serve --drop-before-commit = Reset the connection of this share of the requests, nothing done
sandbox serve --cut-body = Cut this share of the answers in the middle
sandbox serve --hang = Never answer this share of the requests, nothing done
sandbox serve --bad-reset-header = Send a wrong X-RateLimit-Reset (bare: none at all)
sandbox reset --seed = The same seed gives the same data (default 1)
sandbox reset --employees = How many employees (default 42)
sandbox reset --fixture = A month worked to the cent by hand, instead of a seed
sandbox reset --timezone = The organization's time zone (default UTC)
sandbox reset --shift = Working hours (default 09:00-17:30); an end before the start is on the next day
sandbox reset --holiday = A holiday, 2024-12-25 or 12-25 for every year (default 01-01)
sandbox reset --plan = Whose hourly rate limit: 100, 1000 or 10000 requests (default paid; enterprise above 20000 employees)
sandbox reset --fields = Pick and order columns; without a value list those there are
sandbox reset --sort = Sort the rows that are shown by a field
sandbox status --fields = Pick and order columns; without a value list those there are
sandbox status --sort = Sort the rows that are shown by a field
sandbox keys --fields = Pick and order columns; without a value list those there are
sandbox keys --sort = Sort the rows that are shown by a field
sandbox simulate --events = How many happenings
sandbox simulate --rate = How many a minute (default: all at once)
sandbox simulate --late-records = Upload so many simulated records up to 40 days late (bare: 10%)
sandbox simulate --duplicate-records = Upload so many twice (bare: 10%)
sandbox simulate --future-records = Date so many a few seconds ahead (bare: 10%)
sandbox simulate --reordered-records = Upload so many after younger ones (bare: 10%)
sandbox simulate --nameless-records = Leave out the employee of so many (bare: 10%)
sandbox simulate --unknown-records = Give so many a method that nobody has heard of (bare: 10%)
sandbox simulate --fields = Pick and order columns; without a value list those there are
sandbox simulate --sort = Sort the rows that are shown by a field
api --field = A field, as text
api --typed-field = A field: numbers, true, false and null as such, @file for the content of a file
api --data = The whole JSON body, from a file or - for standard input
api --paginate = Every page, joined into one envelope
api --include = The status and headers before the body
api --dry-run = Print the request and send nothing
api --yes = Do not ask for confirmation
limits --fields = Pick and order columns; without a value list those there are
limits --sort = Sort the rows that are shown by a field
help --all = The whole reference
'@)

  # The words before the one that is being completed, without quotes.
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })

  $current = $wordToComplete.TrimStart([char]34, [char]39)
  $path = ''; $whole = $false; $flag = ''; $plain = $false; $count = 0; $last = ''; $prefix = ''; $given = @()
  $valueOf = {
    param($name)
    $own = & $in $values "$path $name"
    if ($own) { $own } else { & $in $values $name }
  }
  foreach ($word in $before) {
    if ($flag) {
      $code = & $valueOf $flag
      $flag = ''
      if (-not ((& $starts $code '?') -and (& $starts $word '-'))) { continue }
    }
    if ($plain -or -not (& $starts $word '-') -or $word -ceq '-') {
      if (-not $path) { $path = $word; $whole = -not $verbs.ContainsKey($word) }
      elseif (-not $whole) { $path = "$path $word"; $whole = $true }
      else { $last = $word; $count++ }
    }
    elseif ($word -ceq '--') { $plain = $true }
    elseif ($word -match '^(--[^=]*)=') { $given += $Matches[1] }
    else { $given += $word; if (& $valueOf $word) { $flag = $word } }
  }
  if (-not $flag -and -not $plain -and $current -match '^(--[^=]*)=(.*)$') {
    $flag = $Matches[1]; $current = $Matches[2]; $prefix = "$flag="
  }

  $offer = {
    param($value, $text)
    $shown = if ($text) { $text } else { $value }
    [System.Management.Automation.CompletionResult]::new("$prefix$value", $value, 'ParameterValue', $shown)
  }
  $offerWords = {
    param($words, $of)
    foreach ($name in $words -split ' ') {
      if ($name -and (& $starts $name $current)) { & $offer $name (& $in $about "$of $name".Trim()) }
    }
  }
  $offerFlags = {
    $place = if ($path) { $path } else { 'worktime' }
    foreach ($name in "$(& $in $flags $place) $globals".Trim() -split ' ') {
      if (-not (& $starts $name $current)) { continue }
      if ($given -ccontains $name -and -not $repeated.ContainsKey("$path $name")) { continue }
      $text = & $in $about "$path $name"
      if (-not $text) { $text = & $in $about $name }
      & $offer $name $text
    }
  }
  $offerSource = {
    param($code)
    if (-not $code) { return }
    $rest = $code.Substring(1)
    switch ($code.Substring(0, 1)) {
      '=' { & $offerWords $rest '' }
      ':' {
        $at = $current.IndexOf(':')
        if ($at -lt 0) { & $offerWords $rest '' }
        else { $column = $current.Substring(0, $at); & $offerWords "${column}:asc ${column}:desc" '' }
      }
      ',' {
        $head = $current.Substring(0, $current.LastIndexOf(',') + 1)
        foreach ($name in $rest -split ' ') {
          if (($head -split ',') -cnotcontains $name -and (& $starts "$head$name" $current)) { & $offer "$head$name" $name }
        }
      }
      '%' {
        $below = & $in $verbs $last
        if ($below) { & $offerWords $below $last } else { & $offerWords $rest '' }
      }
      '@' {
        foreach ($line in & worktime __complete $rest ":$current" @before 2>$null) {
          $value, $name = $line -split [char]9, 2
          & $offer $value $(if ($name) { "$value  $name" } else { $value })
        }
      }
    }
  }

  if ($flag) {
    $code = & $valueOf $flag
    if ($code -and (& $starts $code '?')) {
      if ((& $starts $current '-') -and -not $prefix) { & $offerFlags; return }
      $code = $code.Substring(1)
    }
    & $offerSource $code
  }
  elseif ((& $starts $current '-') -and -not $plain) { & $offerFlags }
  elseif (-not $path) { & $offerWords $nouns '' }
  elseif (-not $whole) { & $offerWords (& $in $verbs $path) $path }
  else {
    $code = & $in $slots "$path $count"
    if (-not $code) { $code = & $in $slots "$path *" }
    if ($code) { & $offerSource $code } elseif (-not $current -and -not $plain) { & $offerFlags }
  }
}
