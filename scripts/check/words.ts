import { childrenOf, type Finding, findingAt, isTest, type Module, type Node } from './module.ts';

/** Attributes that somebody sees or hears. */
const SPOKEN = new Set(['alt', 'aria-description', 'aria-label', 'aria-valuetext', 'label', 'placeholder', 'title']);
/** Elements whose contents are code, keys and names: they are the same in every language. */
const CODE = new Set(['bdi', 'code', 'kbd']);
const KEYS = /^(Ctrl|Shift|Alt)\+/;

/** What the page says stands in its catalogue (`packages/sim-ui/src/words`), or other languages could not say it. */
export function checkWords(modules: readonly Module[]): Finding[] {
  return modules
    .filter(({ path }) => path.startsWith('packages/sim-ui/') && path.endsWith('.tsx') && !isTest(path))
    .flatMap((module) =>
      literals(module.program).map(({ node, text }) =>
        findingAt(
          module,
          node.start,
          `"${text.trim()}" is in one language only: it belongs into the catalogue, words/en.ts`,
        ),
      ),
    );
}

interface Spoken {
  readonly node: Node;
  readonly text: string;
}

function literals(node: Node): Spoken[] {
  if (node.type === 'JSXElement' && CODE.has(nameOf(node.openingElement as Node))) return [];
  const own =
    node.type === 'JSXText'
      ? inWords(node, node.value)
      : node.type === 'JSXAttribute'
        ? SPOKEN.has(nameOf(node)) && node.value
          ? said(node.value as Node)
          : []
        : node.type === 'JSXElement' || node.type === 'JSXFragment'
          ? (node.children as Node[]).filter(({ type }) => type === 'JSXExpressionContainer').flatMap(said)
          : [];
  return [...own, ...childrenOf(node).flatMap(literals)];
}

/** The texts that an expression comes to, as far as they stand in it. */
function said(node: Node): Spoken[] {
  switch (node.type) {
    case 'Literal':
      return inWords(node, node.value);
    case 'TemplateLiteral':
      return [
        ...(node.quasis as Node[]).flatMap((part) => inWords(part, (part.value as { raw: string }).raw)),
        ...(node.expressions as Node[]).flatMap(said),
      ];
    case 'JSXExpressionContainer':
      return said(node.expression as Node);
    case 'ConditionalExpression':
      return [...said(node.consequent as Node), ...said(node.alternate as Node)];
    case 'LogicalExpression':
      return [...said(node.left as Node), ...said(node.right as Node)];
    default:
      return [];
  }
}

function inWords(node: Node, text: unknown): Spoken[] {
  return typeof text === 'string' && /\p{L}{2,}/u.test(text) && !KEYS.test(text) ? [{ node, text }] : [];
}

function nameOf({ name }: Node): string {
  return String((name as Node | undefined)?.name ?? '');
}
