import type { Diagnostic } from '@codemirror/lint';
import type { EditorState } from '@codemirror/state';
import type { ApplyProblem } from '@k8s-ingress-sandbox/sim-core/wire';

/** What the API server said, at its place in a text. */
export function diagnosticOf({ doc }: EditorState, { line, column, message, hint }: ApplyProblem): Diagnostic {
  const { from, to } = doc.line(Math.max(1, Math.min(line, doc.lines)));
  const start = Math.min(from + Math.max(column - 1, 0), to);
  const rest = doc.sliceString(start, to).replace(/\s+(#.*)?$/, '');
  return {
    from: rest === '' ? from : start,
    to: rest === '' ? to : start + rest.length,
    severity: 'error',
    message: hint === '' ? message : `${message}\n${hint}`,
  };
}
