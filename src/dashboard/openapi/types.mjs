// Makes src/api/generated.d.ts from openapi.json: the server's own description, so that page and server cannot drift apart.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import openapi, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const source = new URL('../openapi.json', import.meta.url);
const target = new URL('../src/api/generated.d.ts', import.meta.url);
if (!existsSync(source)) {
    console.error('there is no openapi.json; a running server in Development gives it at /openapi/v1.json');
    process.exit(1);
}

const typesOf = (schema) => [schema?.type ?? []].flat();
const isNull = (schema) => typesOf(schema).length === 1 && typesOf(schema)[0] === 'null';
const mayBeNull = (schema) => typesOf(schema).includes('null') || (schema?.oneOf ?? []).some(isNull);

/** What may be null may be absent, and the page reads both as absent (src/api/decimal.ts): so it is optional, and never null. */
function withoutNull(schema) {
    if (typeof schema !== 'object' || schema === null) return schema;
    if (Array.isArray(schema)) return schema.map(withoutNull);
    const result = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, withoutNull(value)]));
    if (Array.isArray(schema.type)) result.type = schema.type.filter((name) => name !== 'null');
    if (Array.isArray(schema.oneOf)) result.oneOf = result.oneOf.filter((part) => !isNull(part));
    if (Array.isArray(schema.required)) result.required = schema.required.filter((name) => !mayBeNull(schema.properties?.[name]));
    return result;
}

/** Every number arrives as a Decimal. */
const isNumber = (schema) => typesOf(schema).some((name) => name === 'number' || name === 'integer');

const nodes = await openapi(withoutNull(JSON.parse(readFileSync(source, 'utf8'))), {
    transform: (schema) => (isNumber(schema) ? ts.factory.createTypeReferenceNode('Decimal') : undefined),
    inject: "import type { Decimal } from './decimal';\n",
});
writeFileSync(target, `// Made by 'npm run types' from openapi.json; not written by hand.\n${astToString(nodes)}`);
