import { required } from '../apimachinery/field-error.ts';
import type { Kind } from '../apimachinery/kind.ts';
import { newInvalid } from '../apimachinery/status-error.ts';
import { storedObject } from './handlers/get.ts';
import type { ExecRequest, ProcessOutput, RemoteProcess } from './kubelet-connection.ts';
import { isTrue, type RequestInfo } from './request-info.ts';
import type { ResourceRequest } from './resource-request.ts';
import type { ServerParts } from './server-parts.ts';

/** A connection that carries more than one answer: whoever listens speaks its protocol, the engine has its ends. */
export type Connection =
  | {
      readonly kind: 'exec' | 'attach';
      readonly request: ExecRequest;
      /** Starts the process, or joins it. @throws StatusError */
      start(output: ProcessOutput): RemoteProcess;
    }
  | {
      readonly kind: 'portforward';
      /** Address of the pod. */
      readonly podIp: string;
      /** Ports that the query names; protocols over WebSocket need them. */
      readonly ports: readonly string[];
    };

/** The subresources of a pod that are connections (pkg/registry/core/pod/rest/subresources.go). */
const CONNECTIONS: readonly string[] = Object.freeze(['exec', 'attach', 'portforward']);

/** Whether a request is for such a connection. */
export function isConnection({ group, kind }: Kind, { subresource, verb }: RequestInfo): boolean {
  const isVerb = verb === 'get' || verb === 'create';
  return isVerb && group === '' && kind === 'Pod' && CONNECTIONS.includes(subresource);
}

/** Opens a connection to a pod. @throws StatusError NotFound, Invalid, BadRequest */
export function connect(server: ServerParts, request: ResourceRequest): Connection {
  storedObject(server, request);
  const { kubelet } = server;
  const { namespace, name, subresource } = request.info;
  if (subresource === 'portforward') {
    return { kind: 'portforward', podIp: kubelet.podIp(namespace, name), ports: request.query.getAll('ports') };
  }
  const asked = readExecOptions(request);
  const kind = subresource === 'exec' ? 'exec' : 'attach';
  return { kind, request: asked, start: (output) => kubelet[kind](namespace, name, asked, output) };
}

/** core/v1 PodExecOptions from the query. @throws StatusError Invalid */
function readExecOptions({ query, info }: ResourceRequest): ExecRequest {
  const container = query.get('container');
  const command = query.getAll('command');
  if (info.subresource === 'exec' && command.length === 0) {
    throw newInvalid({ group: '', kind: 'PodExecOptions' }, '', [required('command')]);
  }
  return {
    ...(container && { container }),
    command: info.subresource === 'exec' ? command : [],
    stdin: isTrue(query.get('stdin')),
    stdout: isTrue(query.get('stdout')),
    stderr: isTrue(query.get('stderr')),
    tty: isTrue(query.get('tty')),
  };
}
