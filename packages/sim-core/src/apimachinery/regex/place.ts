import { type Assertion, isWord } from './syntax.ts';

const LINE_FEED = 0x0a;

/** Whether an assertion holds at a place in the text. */
export function holds(assertion: Assertion, text: string, at: number): boolean {
  switch (assertion) {
    case 'begin':
      return at === 0;
    case 'end':
      return at === text.length;
    case 'last':
      return at === text.length || (at === text.length - 1 && text.charCodeAt(at) === LINE_FEED);
    case 'line-begin':
      return at === 0 || text.charCodeAt(at - 1) === LINE_FEED;
    case 'line-end':
      return at === text.length || text.charCodeAt(at) === LINE_FEED;
    default:
      return isBoundary(text, at) === (assertion === 'word');
  }
}

function isBoundary(text: string, at: number): boolean {
  const before = at > 0 && isWord(text.charCodeAt(at - 1));
  const behind = at < text.length && isWord(text.charCodeAt(at));
  return before !== behind;
}
