import { type AnyCommand, command, type Input } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import { formatIn, formatOf, renamed } from '../../formats.ts';
import type { Session } from '../../session.ts';

/** The format that is asked for, and where: by a flag, by the name of a file, or by a setting. */
function asked(session: Session, input: Input) {
  const { output } = input as { output?: string };
  const flag = formatOf(input, undefined);
  if (flag !== undefined) return { format: flag, says: '--format', next: 'leave --format out' };
  const ending = formatIn(output);
  if (output !== undefined && ending !== undefined)
    return { format: ending, says: `the name ${output}`, next: `name it ${renamed(output, 'json')}` };
  const { value: format, source: says } = settingOf(session);
  return { format, says, next: 'add --json' };
}

/** The document needs nothing of the configuration: one that cannot be read asks for no format. */
function settingOf(session: Session): Session['settings']['format'] {
  try {
    return session.settings.format;
  } catch {
    return { value: undefined, source: 'default' };
  }
}

export const commands: readonly AnyCommand[] = [
  command({
    path: ['openapi'],
    summary: 'Print the OpenAPI 3.1 document of the API',
    description:
      'For generators of clients, mock servers and API browsers. Made of the declarations that this tool is made of: endpoints, scopes, errors, rate-limit headers and webhooks.',
    examples: [
      { command: 'openapi -o openapi.json', description: 'Into a file' },
      { command: 'openapi --query "keys(paths)"', description: 'Every path' },
      {
        command: 'openapi --query "components.schemas.Employee.properties"',
        description: 'The fields of an employee',
      },
    ],
    effect: 'local',
    output: { kind: 'raw', name: 'openapi' },
    async *run(session, input) {
      const { format, says, next } = asked(session, input);
      if (format === 'csv' || format === 'excel' || format === 'ndjson')
        throw new UsageError(`openapi is one JSON document, and ${says} says ${format}`, { next });
      const { openapiDocument } = await import('../../openapi/index.ts');
      yield { type: 'data', data: openapiDocument() };
    },
  }),
];
