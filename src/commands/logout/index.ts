import { type AnyCommand, command } from '../../command.ts';
import { UsageError } from '../../errors.ts';

export const commands: readonly AnyCommand[] = [
  command({
    path: ['logout'],
    summary: "Forget a profile's key",
    description:
      'Forgets the key (or key command) of the profile in force and keeps the rest of it. The key stays valid: ' +
      'to withdraw it, delete it in the web account.',
    examples: [
      { command: 'logout --profile staging', description: 'Forget one key', untested: 'needs a profile' },
    ],
    effect: 'local',
    output: {
      kind: 'record',
      name: 'logout',
      idField: 'profile',
      columns: [
        { path: 'profile', kind: 'text', header: 'Profile' },
        { path: 'forgotten', kind: 'boolean', header: 'Key forgotten' },
      ],
    },
    async *run(session) {
      const { KEY_VARIABLE } = await import('../../config/key.ts');
      const { forgetKey, howToChoose } = await import('../../config/profiles.ts');
      const { configPath } = await import('../../config/read.ts');
      const { updateConfig } = await import('../../config/update.ts');
      const { mend, standing } = await import('../standing.ts');
      const name = session.settings.profile.value;
      if (name === undefined) {
        throw new UsageError('no profile is in use', {
          code: 'unknown_profile',
          next: 'name one with --profile; `worktime profiles list` shows them',
        });
      }
      let forgotten = false;
      const config = await updateConfig(session.context, `logging out of ${name}`, (stored) => {
        forgotten = forgetKey(stored, name);
      });
      session.report.note(
        forgotten ? `The key of profile ${name} is forgotten.` : `Profile ${name} had no key.`,
      );
      const { value, source } = standing(session, config);
      if (value === name) {
        // A choice does not reach what a variable or a project file names.
        const chosen = source === configPath(session.context.directories.config);
        const next = chosen ? howToChoose(config, name) : `${source} names it; ${mend(source)}`;
        session.report.warn(`profile ${name} is in use and has no key now; ${next}`);
      }
      if (session.context.env[KEY_VARIABLE])
        session.report.warn(`${KEY_VARIABLE} is still set and still used`);
      yield { type: 'data', data: { profile: name, forgotten } };
    },
  }),
];
