import type { TypesOf } from '../feed.js';
import type { JsonSchema } from '../json-schema.js';
import type { Compiler, Node, Type } from './compiler.js';
import { schemaOfType } from './schema-of-type.js';

/** What the types of the user's files say: of the activities of all `activities<...>()`, and of the input of a workflow. */
export function readTypes(compiler: Compiler, files: readonly string[], workflow: string): TypesOf {
  const { checker, enums } = compiler;
  const results: Record<string, JsonSchema> = {};
  let input: JsonSchema | undefined;

  const visit = (node: Node): void => {
    if (node.kind === enums.SyntaxKind['CallExpression']) call(node);
    node.forEachChild(visit);
  };
  for (const file of files) compiler.sourceFile(file)?.forEachChild(visit);
  return { input, results };

  function call({ expression, typeArguments = [], arguments: given = [] }: Node): void {
    const name = expression?.name?.text ?? expression?.text;
    const [typeNode] = typeArguments;
    if (name === 'activities' && typeNode) {
      const type = checker.getTypeFromTypeNode(typeNode);
      if (type) addActivities(type);
    }
    const [first, run] = given;
    if (name === 'workflow' && first?.text === workflow && run) {
      const type = checker.getTypeAtLocation(run);
      const [parameter] = (type && signatureOf(type)?.getParameters()) ?? [];
      const found = parameter && checker.getTypeOfSymbol(parameter);
      input ??= found && schemaOfType(found, compiler);
    }
  }

  function addActivities(type: Type): void {
    for (const property of checker.getPropertiesOfType(type)) {
      const found = checker.getTypeOfSymbol(property);
      const signature = found && signatureOf(found);
      const result = signature && checker.getReturnTypeOfSignature(signature);
      const schema = result && schemaOfType(result, compiler);
      if (schema) results[property.name] ??= schema;
    }
  }

  function signatureOf(type: Type) {
    return checker.getSignaturesOfType(type, enums.SignatureKind['Call']!)[0];
  }
}
