/** The script for PowerShell 5.1 and newer: tables as hashtables, and a small engine that reads them. */

import type { Tree } from './model.ts';
import { tablesOf } from './tables.ts';

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A here-string of `key = value` lines: PowerShell's own hashtables take `-f` and `-F` for the same key. */
function table(entries: ReadonlyMap<string, string>): string {
  const told = [...entries].filter(([, value]) => value !== '');
  return ["(& $read @'", ...told.map(([key, value]) => `${key} = ${value}`), "'@)"].join('\n');
}

const joined = (table: ReadonlyMap<string, readonly string[]>) =>
  new Map([...table].map(([key, words]) => [key, words.join(' ')]));

const summaries = ({ branches, globals, root }: Tree) =>
  new Map([
    ...branches.map(({ name, summary }) => [name, summary] as const),
    ...branches
      .filter(({ single }) => !single)
      .flatMap(({ leaves }) => leaves.map(({ path, summary }) => [path.join(' '), summary] as const)),
    ...[...globals, ...root].map(({ name, description }) => [name, description] as const),
    ...branches
      .flatMap(({ leaves }) => leaves)
      .flatMap(({ path, flags }) =>
        flags.map(({ name, description }) => [`${path.join(' ')} ${name}`, description] as const),
      ),
  ]);

/** The whole script. */
export function powershellScript(tree: Tree): string {
  const tables = tablesOf(tree);
  return `# worktime completion for PowerShell 5.1 and newer. Generated from the command tree: do not edit.
#
# In this shell:     worktime completion powershell | Out-String | Invoke-Expression
# In every shell:    New-Item -Type Directory -Force (Split-Path $PROFILE) | Out-Null
#                    Add-Content $PROFILE 'worktime completion powershell | Out-String | iex'

Register-ArgumentCompleter -Native -CommandName worktime -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)

  $read = {
    param($text)
    $found = [System.Collections.Generic.Dictionary[string, string]]::new([StringComparer]::Ordinal)
    foreach ($line in $text -split "\\r?\\n") {
      $at = $line.IndexOf(' = ')
      if ($at -gt 0) { $found[$line.Substring(0, $at)] = $line.Substring($at + 3) }
    }
    , $found
  }
  # What a table has under a key, or nothing.
  $in = { param($map, $key) if ($key -and $map.ContainsKey($key)) { $map[$key] } }
  $starts = { param($text, $start) $text.StartsWith($start, [StringComparison]::Ordinal) }

  $nouns = ${quote(tables.nouns.join(' '))}
  $globals = ${quote(tables.globals.join(' '))}
  # noun -> verbs
  $verbs = ${table(joined(tables.verbs))}
  # command -> its own flags
  $flags = ${table(joined(tables.flags))}
  # command, position -> what belongs there: =words, @asked of worktime itself, /file, %command, - anything
  $slots = ${table(tables.slots)}
  # command, flag -> what its value may be; a flag that is not here is a switch; ? it may be left out
  $values = ${table(new Map([...tables.globalValues, ...tables.values]))}
  # flags that may be given more than once
  $repeated = ${table(new Map([...tables.repeated].map((key) => [key, 'yes'])))}
  $about = ${table(summaries(tree))}

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
        else { $column = $current.Substring(0, $at); & $offerWords "\${column}:asc \${column}:desc" '' }
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
`;
}
