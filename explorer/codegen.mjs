// Types of the page's operations, from ../schema.graphql and src/operations/*.graphql, into src/operations/generated.ts.
// With --check nothing is written; it fails where what is there is not what it would write.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { codegen } from "@graphql-codegen/core";
import * as schemaTypes from "@graphql-codegen/typescript";
import * as operationTypes from "@graphql-codegen/typescript-operations";
import { pruneSchema } from "@graphql-tools/utils";
import { buildASTSchema, Kind, parse, printSchema } from "graphql";

const FOLDER = new URL("src/operations/", import.meta.url);
const TARGET = new URL("generated.ts", FOLDER);

const sources = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".graphql"))
  .sort()
  .map((name) => readFileSync(new URL(name, FOLDER), "utf8").trim());
// what only mutations and subscriptions take is not the page's concern
const ROOTS = new Set(["Mutation", "Subscription"]);
const whole = parse(readFileSync(new URL("../schema.graphql", import.meta.url), "utf8"), { noLocation: true });
const definitions = whole.definitions.filter(({ name }) => !ROOTS.has(name?.value) && name !== undefined);
const schemaAst = pruneSchema(buildASTSchema({ ...whole, definitions }));
const schema = parse(printSchema(schemaAst), { noLocation: true });
const documents = sources.map((text) => ({ document: parse(text) }));

const types = await codegen({
  filename: "generated.ts",
  schema,
  documents,
  config: {
    onlyOperationTypes: true,
    skipTypename: true,
    disableDescriptions: true,
    enumsAsTypes: true,
    useTypeImports: true,
    avoidOptionals: { field: true },
    scalars: { Date: "string", DateTime: "string", ID: "string" },
  },
  plugins: [{ schema: {} }, { operations: {} }],
  pluginMap: { schema: schemaTypes, operations: operationTypes },
});

const operations = sources.flatMap((text, place) =>
  documents[place].document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map(({ name: { value: name } }) => {
      const variables = `${name}QueryVariables`;
      return `export const ${name}: Operation<${name}Query, ${variables}> = {\n  name: "${name}",\n  text: ${JSON.stringify(text)},\n};\n`;
    }),
);

const written = [
  "// Written by codegen.mjs (npm run codegen).",
  types.trim(),
  "/** A document of one operation: its text, with the types of its answer and variables. */",
  "export interface Operation<Answer, Variables> {\n  name: string;\n  text: string;\n  types?: (variables: Variables) => Answer;\n}\n",
  ...operations,
].join("\n\n");

if (!process.argv.includes("--check")) {
  writeFileSync(TARGET, written);
} else if (readFileSync(TARGET, "utf8") !== written) {
  console.error("src/operations/generated.ts is not what schema.graphql and the documents say: npm run codegen");
  process.exit(1);
}
