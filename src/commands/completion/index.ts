import { type AnyCommand, command } from '../../command.ts';
import type { Shell } from '../../completion/index.ts';

const INSTALL = `How to install:
  bash: echo 'source <(worktime completion bash)' >> ~/.bashrc
  zsh: mkdir -p ~/.zfunc; worktime completion zsh > ~/.zfunc/_worktime
       and in ~/.zshrc: fpath=(~/.zfunc $fpath); autoload -Uz compinit; compinit
  fish: mkdir -p ~/.config/fish/completions
        worktime completion fish > ~/.config/fish/completions/worktime.fish
  PowerShell:
    New-Item -Type Directory -Force (Split-Path $PROFILE) | Out-Null
    Add-Content $PROFILE 'worktime completion powershell | Out-String | iex'
IDs are offered with their names, from what commands have shown in the last day; \`worktime employees list --all\` fills it. Tab itself never calls the API.`;

export const commands: readonly AnyCommand[] = [
  command<{ readonly shell: Shell }>({
    path: ['completion'],
    summary: 'Print a completion script for bash, zsh, fish or PowerShell',
    description: INSTALL,
    arguments: [
      {
        name: 'shell',
        kind: 'choice',
        values: ['bash', 'zsh', 'fish', 'powershell'],
        required: true,
        description: 'The shell that the script is for',
      },
    ],
    examples: [
      { command: 'completion bash', description: 'The script for bash' },
      { command: 'completion fish', description: 'The script for fish' },
    ],
    effect: 'local',
    output: { kind: 'text', name: 'completion' },
    async *run(_, { shell }) {
      const [{ completionScript }, { nouns }] = await Promise.all([
        import('../../completion/index.ts'),
        import('../index.ts'),
      ]);
      yield { type: 'text', text: await completionScript(shell, nouns) };
    },
  }),
];
