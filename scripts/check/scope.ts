import { childrenOf, type Node } from './module.ts';

/** The names that a pattern binds: `a`, `{ a, b: [c] }`, `...rest`, `a = 1`. */
export function boundNames(pattern: Node | null | undefined): string[] {
  if (!pattern) return [];
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name as string];
    case 'ObjectPattern':
      return (pattern.properties as Node[]).flatMap((one) => boundNames((one.value ?? one.argument) as Node));
    case 'ArrayPattern':
      return (pattern.elements as (Node | null)[]).flatMap(boundNames);
    case 'AssignmentPattern':
      return boundNames(pattern.left as Node);
    case 'RestElement':
      return boundNames(pattern.argument as Node);
    case 'TSParameterProperty':
      return boundNames(pattern.parameter as Node);
    default:
      return [];
  }
}

/** Calls `look` for every node, with the names that are declared between the module's top level and that node. */
export function walkScopes(node: Node, look: (node: Node, local: ReadonlySet<string>) => void): void {
  const visit = (one: Node, local: ReadonlySet<string>): void => {
    const own = one.type === 'Program' ? [] : declaredIn(one);
    const names = own.length > 0 ? new Set([...local, ...own]) : local;
    look(one, names);
    for (const child of childrenOf(one)) visit(child, names);
  };
  visit(node, new Set());
}

/** What a function, block, loop or catch clause declares for the code inside it. */
function declaredIn(node: Node): string[] {
  const parameters = ((node.params ?? []) as Node[]).flatMap(boundNames);
  const ownName =
    node.type === 'FunctionExpression' || node.type === 'ClassExpression' ? boundNames(node.id as Node) : [];
  const caught = node.type === 'CatchClause' ? boundNames(node.param as Node) : [];
  const statements =
    node.type === 'BlockStatement' ? (node.body as Node[]) : [node.init, node.left].filter(isDeclaration);
  return [...parameters, ...ownName, ...caught, ...statements.flatMap(declaredBy)];
}

/** The names that one statement declares in its own block. */
export function declaredBy(statement: Node): string[] {
  if (statement.type === 'VariableDeclaration')
    return (statement.declarations as Node[]).flatMap((one) => boundNames(one.id as Node));
  if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration')
    return boundNames(statement.id as Node);
  return [];
}

function isDeclaration(value: unknown): value is Node {
  return (value as Node | null | undefined)?.type === 'VariableDeclaration';
}
