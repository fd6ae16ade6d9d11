/** Endpoints as operations. */

import type { AnyEndpoint, Field, Param, Scope } from '../api/types.ts';
import { type Json, paramSchema, propertiesOf, reference, type Schema } from './schema.ts';

const SCOPES: Readonly<Record<Scope, string>> = {
  read: 'Needs a key of any scope.',
  write: 'Needs a key of the scope Read/Write or Full Access.',
  full: 'Needs a key of the scope Full Access.',
};

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const paramsOf = (endpoint: AnyEndpoint) =>
  Object.entries(endpoint.params as Readonly<Record<string, Param>>);

/** `/employees/:id` as `/employees/{id}`. */
export const templated = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

/** `employees.list` as `employeesList`: a name that generators make methods of. */
const operationId = (id: string): string =>
  id.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());

function parameters(endpoint: AnyEndpoint): Json[] {
  return paramsOf(endpoint)
    .filter(([, param]) => param.in !== 'body')
    .map(([name, param]) => ({
      name,
      in: param.in,
      required: param.in === 'path' || param.required === true,
      description: param.description,
      schema: paramSchema(param),
      ...(param.example === undefined ? {} : { example: param.example as Json }),
    }));
}

function requestBody(endpoint: AnyEndpoint): Schema | undefined {
  const fields = paramsOf(endpoint).filter(([, param]) => param.in === 'body');
  if (fields.length === 0) return undefined;
  const required = fields.filter(([, param]) => param.required).map(([name]) => name);
  const examples = fields.flatMap(([name, { example }]) =>
    example === undefined ? [] : [[name, example as Json] as const],
  );
  const properties = fields.map(([name, param]) => [
    name,
    { ...paramSchema(param), description: param.description },
  ]);
  return {
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: Object.fromEntries(properties),
          ...(required.length > 0 ? { required } : {}),
        },
        example: Object.fromEntries(examples),
      },
    },
  };
}

/** The fields of a report's rows that are summed. */
const totalled = ({ record }: AnyEndpoint['answer']) =>
  Object.fromEntries(
    Object.entries(record.fields as Readonly<Record<string, Field>>).filter(([, field]) => field.total),
  );

/** Whether a record that is not there can be asked for; a list of nobody's is empty. */
const namesRecord = (endpoint: AnyEndpoint) =>
  endpoint.answer.shape === 'list'
    ? endpoint.path.includes(':')
    : paramsOf(endpoint).some(([, { kind }]) => kind === 'id');

function dataSchema({ answer }: AnyEndpoint): Schema {
  const record = reference(answer.record.name);
  if (answer.shape === 'record') return record;
  if (answer.shape === 'list') return { type: 'array', items: record };
  return {
    type: 'object',
    description:
      "The vendor's reference does not show this shape: these are the fields that the sandbox answers with.",
    properties: {
      period: {
        type: 'object',
        properties: {
          start_date: { type: 'string', format: 'date' },
          end_date: { type: 'string', format: 'date' },
        },
      },
      ...propertiesOf(answer.about ?? {}),
      ...(answer.rows === undefined ? {} : { [answer.rows]: { type: 'array', items: record } }),
      totals: { type: 'object', description: 'Of all rows.', properties: propertiesOf(totalled(answer)) },
    },
  };
}

function success(endpoint: AnyEndpoint): Schema {
  const paged = endpoint.paging !== undefined;
  const envelope: Schema = {
    type: 'object',
    properties: {
      success: { const: true },
      data: dataSchema(endpoint),
      ...(paged ? { pagination: reference('Pagination') } : {}),
    },
    required: ['success', 'data', ...(endpoint.paging === 'documented' ? ['pagination'] : [])],
  };
  const workbook = paramsOf(endpoint).some(
    ([name, { values }]) => name === 'format' && values?.includes('excel'),
  );
  return {
    description: endpoint.status === 201 ? 'Created.' : 'Done.',
    content: { 'application/json': { schema: envelope }, ...(workbook ? { [WORKBOOK]: {} } : {}) },
  };
}

const refusal = (name: string): Schema => ({ $ref: `#/components/responses/${name}` });

/** The headers that every answer carries. */
export const rateLimitHeaders: Schema = Object.fromEntries(
  ['Limit', 'Remaining', 'Reset'].map((name) => [
    `X-RateLimit-${name}`,
    { $ref: `#/components/headers/RateLimit${name}` },
  ]),
);

/** One operation, as it stands under its path and method. */
export function operationOf(endpoint: AnyEndpoint): Schema {
  const body = requestBody(endpoint);
  const given = parameters(endpoint);
  return {
    operationId: operationId(endpoint.id),
    tags: [endpoint.id.split('.')[0] ?? ''],
    summary: endpoint.summary,
    description: [endpoint.description, SCOPES[endpoint.scope]]
      .filter((text) => text !== undefined)
      .join(' '),
    security: [{ apiKey: [endpoint.scope] }],
    ...(given.length > 0 ? { parameters: given } : {}),
    ...(body ? { requestBody: body } : {}),
    responses: {
      [endpoint.status]: { ...success(endpoint), headers: rateLimitHeaders },
      ...(given.length > 0 || body ? { 400: refusal('InvalidRequest') } : {}),
      401: refusal('Unauthorized'),
      403: refusal('Forbidden'),
      ...(namesRecord(endpoint) ? { 404: refusal('NotFound') } : {}),
      429: refusal('RateLimited'),
      500: refusal('ServerFault'),
    },
  };
}
