/** Declared fields as JSON Schema (2020-12, the dialect of OpenAPI 3.1). */

import type { Field, Kind, Param, RecordSpec } from '../api/types.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type Schema = { readonly [name: string]: Json };

const KINDS: Readonly<Record<Kind, Schema>> = {
  id: { type: 'string' },
  text: { type: 'string' },
  email: { type: 'string', format: 'email' },
  money: { type: 'number' },
  hours: { type: 'number' },
  minutes: { type: 'integer' },
  seconds: { type: 'integer' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  date: { type: 'string', format: 'date' },
  time: { type: 'string', format: 'date-time' },
  status: { type: 'string' },
  boolean: { type: 'boolean' },
  percent: { type: 'number' },
  list: { type: 'array', items: { type: 'string' } },
  object: { type: 'object' },
};

export const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** Fields by their names. */
export const propertiesOf = (fields: Readonly<Record<string, Field>>): Schema =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)]));

/** A field of an answer. */
function fieldSchema(field: Field): Schema {
  const { type, ...rest } = KINDS[field.kind];
  const nullable = field.nullable === true;
  return {
    type: nullable ? [type as string, 'null'] : (type as Json),
    ...rest,
    ...(field.values ? { enum: nullable ? [...field.values, null] : field.values } : {}),
    description: field.description,
    ...(field.fields ? { properties: propertiesOf(field.fields) } : {}),
    ...(field.example === undefined ? {} : { examples: [field.example as Json] }),
  };
}

/** A parameter of a path or query, or a field of a body. */
export function paramSchema(param: Param): Schema {
  return {
    ...KINDS[param.kind],
    ...(param.kind === 'id' || (param.in === 'body' && param.required && KINDS[param.kind].type === 'string')
      ? { minLength: 1 }
      : {}),
    ...(param.values ? { enum: param.values } : {}),
    ...(param.min === undefined ? {} : { minimum: param.min }),
    ...(param.max === undefined ? {} : { maximum: param.max }),
    ...(param.default === undefined ? {} : { default: param.default }),
  };
}

/** A record of an answer: what is not marked as optional is required; unknown fields may come. */
export function recordSchema(record: RecordSpec): Schema {
  const fields = Object.entries(record.fields as Readonly<Record<string, Field>>);
  const required = fields.filter(([, field]) => !field.optional).map(([name]) => name);
  return {
    type: 'object',
    description: record.description,
    properties: propertiesOf(record.fields),
    ...(required.length > 0 ? { required } : {}),
  };
}

/** What an example is an example of. Nothing in it is required: no more than the example is known. */
export function exampleSchema(value: unknown): Schema {
  if (Array.isArray(value)) return { type: 'array', items: exampleSchema(value[0]) };
  if (typeof value === 'object' && value !== null) {
    const properties = Object.entries(value).map(([name, each]) => [name, exampleSchema(each)]);
    return { type: 'object', properties: Object.fromEntries(properties) };
  }
  if (typeof value === 'number' || typeof value === 'boolean') return { type: typeof value };
  return { type: ['string', 'null'] };
}
