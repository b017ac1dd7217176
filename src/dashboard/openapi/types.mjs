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

// Every number arrives as a Decimal (src/api/decimal.ts).
const isNumber = ({ type }) => [type].flat().some((name) => name === 'number' || name === 'integer');
const decimal = () => ts.factory.createTypeReferenceNode('Decimal');
const nodes = await openapi(JSON.parse(readFileSync(source, 'utf8')), {
    transform: (schema) => {
        if (!isNumber(schema)) return undefined;
        const nullable = [schema.type].flat().includes('null') || schema.nullable;
        return nullable ? ts.factory.createUnionTypeNode([decimal(), ts.factory.createLiteralTypeNode(ts.factory.createNull())]) : decimal();
    },
    inject: "import type { Decimal } from './decimal';\n",
});
writeFileSync(target, `// Made by 'npm run types' from openapi.json; not written by hand.\n${astToString(nodes)}`);
