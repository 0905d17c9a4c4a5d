/**
 * As much of a TypeScript compiler as types are read with: what the API of TypeScript 5 and 6, and that of the native
 * TypeScript 7, have in common. No compiler is a dependency, so these shapes are written down here.
 */
export interface Compiler {
  readonly checker: Checker;
  readonly enums: Enums;
  sourceFile(path: string): Node | undefined;
  close(): void;
}

type Flags = Readonly<Record<string, number>>;

export interface Enums {
  readonly TypeFlags: Flags;
  readonly SymbolFlags: Flags;
  readonly SignatureKind: Flags;
  readonly SyntaxKind: Flags;
}

export interface Node {
  readonly kind: number;
  /** Of a call. */
  readonly expression?: Node;
  readonly arguments?: readonly Node[];
  readonly typeArguments?: readonly Node[];
  /** Of a name or of a text. */
  readonly text?: string;
  /** Of `a.name`. */
  readonly name?: Node;
  forEachChild(visit: (node: Node) => void): void;
}

export interface Type {
  readonly flags: number;
  /** Of a literal. */
  readonly value?: unknown;
  /** Of true and false. */
  readonly intrinsicName?: string;
  /** Of a union or an intersection. */
  readonly types?: readonly Type[];
  getTypes?(): readonly Type[] | undefined;
  getSymbol(): { readonly name: string } | undefined;
}

export interface Property {
  readonly name: string;
  readonly flags: number;
}

interface Signature {
  getParameters(): readonly Property[];
}

interface IndexInfo {
  readonly type?: Type;
  readonly valueType?: Type;
}

export interface Checker {
  getTypeFromTypeNode(node: Node): Type | undefined;
  getTypeAtLocation(node: Node): Type | undefined;
  getPropertiesOfType(type: Type): readonly Property[];
  getTypeOfSymbol(symbol: Property): Type | undefined;
  getSignaturesOfType(type: Type, kind: number): readonly Signature[];
  getReturnTypeOfSignature(signature: Signature): Type | undefined;
  getIndexInfosOfType(type: Type): readonly IndexInfo[];
  getTypeArguments(type: Type): readonly Type[];
  isArrayType(type: Type): boolean;
  isTupleType(type: Type): boolean;
}
