/** A bracket or a quote that has been opened, and where. */
export interface OpenFlow {
  readonly char: string;
  readonly offset: number;
}

/** Follows brackets and quotes from line to line. */
export interface FlowScanner {
  /** Reads a line, or the rest of one, that begins at `offset`; returns the length of what stands before a comment. */
  scan(code: string, offset: number): number;
  /** Is a bracket or a quote open? */
  isInside(): boolean;
  /** What is open, the innermost last. */
  open(): readonly OpenFlow[];
}

/** Outside of brackets, a bracket or quote counts only where a value begins: `it's [sic]` is a plain text. */
export function createFlowScanner(): FlowScanner {
  const brackets: OpenFlow[] = [];
  let quote: OpenFlow | undefined;
  const step = (code: string, at: number, offset: number): number => {
    const char = code[at] ?? '';
    if (quote !== undefined) {
      if (char === '\\' && quote.char === '"') return at + 2;
      if (char === quote.char) quote = undefined;
    } else if (char === '"' || char === "'") {
      if (beginsValue(code, at)) quote = { char, offset: offset + at };
    } else if (char === '[' || char === '{') {
      if (brackets.length > 0 || beginsValue(code, at)) brackets.push({ char, offset: offset + at });
    } else if (char === ']' || char === '}') brackets.pop();
    return at + 1;
  };
  return {
    scan(code, offset) {
      let at = 0;
      while (at < code.length) {
        if (quote === undefined && code[at] === '#' && /^$|\s/.test(code[at - 1] ?? '')) return at;
        at = step(code, at, offset);
      }
      return code.length;
    },
    isInside: () => quote !== undefined || brackets.length > 0,
    open: () => (quote === undefined ? brackets : [...brackets, quote]),
  };
}

function beginsValue(code: string, at: number): boolean {
  return at === 0 || /[\s[{,:]/.test(code[at - 1] ?? '');
}
