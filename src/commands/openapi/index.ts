import { type AnyCommand, command } from '../../command.ts';
import { UsageError } from '../../errors.ts';

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
    async *run(session) {
      const { value: format, source } = session.settings.format;
      if (format === 'csv' || format === 'excel' || format === 'ndjson') {
        throw new UsageError(`openapi is one JSON document, and ${source} says ${format}`, {
          next: source === '--format' ? 'leave --format out' : 'add --json',
        });
      }
      const { openapiDocument } = await import('../../openapi/index.ts');
      yield { type: 'data', data: openapiDocument() };
    },
  }),
];
