import type { ExecRequest } from '../../../kube-apiserver/kubelet-connection.ts';

/** Reads the query of `pods/exec` and `pods/attach` (core/v1 PodExecOptions, PodAttachOptions). */
export function execRequestOf(query: URLSearchParams): ExecRequest {
  const container = query.get('container') ?? '';
  return {
    ...(container !== '' && { container }),
    command: query.getAll('command'),
    stdin: flag(query, 'stdin'),
    stdout: flag(query, 'stdout'),
    stderr: flag(query, 'stderr'),
    tty: flag(query, 'tty'),
  };
}

/** A flag that stands there is set unless it says otherwise (apimachinery/pkg/runtime/converter: Convert_Slice_string_To_bool). */
function flag(query: URLSearchParams, name: string): boolean {
  const text = query.get(name);
  return text !== null && text !== '0' && text.toLowerCase() !== 'false';
}
