import { childrenOf, type Finding, findingAt, isTest, type Module, type Node } from './module.ts';
import { boundNames, declaredBy, walkScopes } from './scope.ts';

/** Methods that change the array, Map, Set or typed array they are called on. */
const MUTATORS = new Set(
  'push pop shift unshift splice sort reverse fill copyWithin set add delete clear getOrInsert getOrInsertComputed'.split(
    ' ',
  ),
);
const OBJECT_MUTATORS = new Set(['assign', 'defineProperty', 'defineProperties', 'setPrototypeOf']);
/** `new X()` that holds nothing that changes; Schema is js-yaml's, a table of tags. */
const STATELESS = new Set(['RegExp', 'TextEncoder', 'TextDecoder', 'URL', 'Error', 'Date', 'Schema']);
const STATELESS_INTL = 'Intl';
/** Preact's containers: fine in a component or a store that somebody owns, not in a module. */
const CONTAINER_MAKERS = new Set(['signal', 'computed', 'effect', 'createContainer']);
const WRAPPERS = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'ParenthesizedExpression']);

/**
 * State that belongs to a module instead of to somebody: two clusters in one process would meet there.
 * Tables are fine as long as no module changes them.
 */
export function checkState(modules: readonly Module[]): Finding[] {
  return modules
    .filter((module) => !isTest(module.path))
    .flatMap((module) => [...declaredState(module), ...staticState(module), ...mutations(module)]);
}

function declaredState(module: Module): Finding[] {
  return topLevel(module.program).flatMap((declaration) => {
    if (declaration.type !== 'VariableDeclaration' || declaration.declare) return [];
    if (declaration.kind !== 'const')
      return [
        findingAt(module, declaration.start, `top-level ${declaration.kind}: give it an owner, or make it const`),
      ];
    return (declaration.declarations as Node[]).flatMap((one) => {
      const problem = isReadonlyCollection(one.id as Node) ? undefined : heldState(one.init as Node | null);
      return problem ? [findingAt(module, one.start, `${boundNames(one.id as Node).join(', ')} ${problem}`)] : [];
    });
  });
}

/** Declared as `ReadonlyMap` or `ReadonlySet`: an empty one is a constant like any other. */
function isReadonlyCollection({ typeAnnotation }: Node): boolean {
  const type = (typeAnnotation as Node | null | undefined)?.typeAnnotation as Node | undefined;
  const name = (type?.typeName as Node | null | undefined)?.name;
  return name === 'ReadonlyMap' || name === 'ReadonlySet';
}

/** What is wrong with a value that lives as long as the module, or undefined. */
function heldState(init: Node | null): string | undefined {
  const value = unwrap(init);
  if (value?.type === 'NewExpression') return heldByNew(value);
  if (value && isFreeze(value)) return heldInside((value.arguments as Node[])[0] ?? null);
  if (value?.type !== 'CallExpression') return undefined;
  const callee = unwrap(value.callee as Node);
  if (callee?.type === 'ArrowFunctionExpression' || callee?.type === 'FunctionExpression')
    return 'comes from a function called on the spot, which can hide state: name the function';
  return callee?.type === 'Identifier' && CONTAINER_MAKERS.has(callee.name as string)
    ? `is a ${callee.name}() of the module: let a component or a store own it`
    : undefined;
}

function isFreeze({ type, callee }: Node): boolean {
  return type === 'CallExpression' && nameOf(callee as Node) === 'Object.freeze';
}

/** A frozen object keeps its fields, but a frozen Map still changes. */
function heldInside(init: Node | null): string | undefined {
  const value = unwrap(init);
  const isCollection = value?.type === 'NewExpression' && /^(Weak)?(Map|Set)$/.test(nameOf(value.callee as Node));
  return isCollection ? heldByNew(value) : undefined;
}

function heldByNew({ callee, arguments: args }: Node): string | undefined {
  const name = nameOf(callee as Node);
  if (STATELESS.has(name) || name.startsWith(`${STATELESS_INTL}.`)) return undefined;
  // A table made from its entries stays one as long as nobody changes it, which `mutations` sees to.
  if (/^(Readonly)?(Map|Set)$/.test(name) && (args as Node[]).length > 0) return undefined;
  return `is a new ${name}(): state without an owner. Create it in the composition root, freeze it, or make it a table`;
}

function staticState(module: Module): Finding[] {
  return descendants(module.program).flatMap((node) => {
    if (node.type !== 'PropertyDefinition' || !node.static || node.declare) return [];
    const problem = node.readonly
      ? heldState(node.value as Node | null)
      : 'is a static field that can change: make it readonly';
    return problem ? [findingAt(module, node.start, `${nameOf(node.key as Node)} ${problem}`)] : [];
  });
}

/** Places that change what the module, or another module, declares at its top level. */
function mutations(module: Module): Finding[] {
  const shared = new Set(topLevel(module.program).flatMap(sharedNames));
  const findings: Finding[] = [];
  walkScopes(module.program, (node, local) => {
    const name = changedBy(node);
    if (name && shared.has(name) && !local.has(name))
      findings.push(findingAt(module, node.start, `changes ${name}, which belongs to a module`));
  });
  return findings;
}

function sharedNames(statement: Node): string[] {
  if (statement.type !== 'ImportDeclaration') return declaredBy(statement);
  return ((statement.specifiers ?? []) as Node[]).flatMap((one) => boundNames(one.local as Node));
}

/** The name at the root of what a node changes: `table` for `table.a.b = 1`, `table.push(1)`, `delete table.a`. */
function changedBy(node: Node): string | undefined {
  if (node.type === 'AssignmentExpression') return rootOfMember(node.left as Node);
  if (node.type === 'UpdateExpression') return rootOfMember(node.argument as Node);
  if (node.type === 'UnaryExpression' && node.operator === 'delete') return rootOfMember(node.argument as Node);
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee as Node);
  if (callee?.type !== 'MemberExpression') return undefined;
  const method = nameOf(callee.property as Node);
  const object = callee.object as Node;
  if (nameOf(object) === 'Object' && OBJECT_MUTATORS.has(method)) return rootName((node.arguments as Node[])[0]);
  return MUTATORS.has(method) ? rootName(object) : undefined;
}

function rootOfMember(node: Node): string | undefined {
  const target = unwrap(node);
  return target?.type === 'MemberExpression' ? rootName(target) : undefined;
}

function rootName(node: Node | undefined): string | undefined {
  const value = unwrap(node);
  if (value?.type === 'Identifier') return value.name as string;
  return value?.type === 'MemberExpression' ? rootName(value.object as Node) : undefined;
}

function unwrap(node: Node | null | undefined): Node | undefined {
  if (!node) return undefined;
  return WRAPPERS.has(node.type) || node.type === 'ChainExpression' ? unwrap(node.expression as Node) : node;
}

/** `Intl.NumberFormat` for a member, the name for an identifier or private name, else a word for it. */
function nameOf(node: Node): string {
  if (node.type === 'MemberExpression') return `${nameOf(node.object as Node)}.${nameOf(node.property as Node)}`;
  return typeof node.name === 'string' ? node.name : node.type;
}

/** The statements of a module, without the `export` before them. */
function topLevel(program: Node): Node[] {
  return (program.body as Node[]).map((statement) => (statement.declaration as Node | null | undefined) ?? statement);
}

function descendants(node: Node): Node[] {
  return [node, ...childrenOf(node).flatMap(descendants)];
}
