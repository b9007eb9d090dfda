import { newBadRequest } from '../../apimachinery/status-error.ts';
import { parseTime } from '../../sim/clock.ts';
import { storedObject } from '../handlers/get.ts';
import type { ApiResponse } from '../http/message.ts';
import type { LogReader, LogRequest } from '../kubelet-connection.ts';
import { isTrue } from '../request-info.ts';
import type { Handler, Subresource } from './subresource.ts';

const HEADERS: Readonly<Record<string, string>> = Object.freeze({ 'content-type': 'text/plain' });

const get: Handler = (server, request) => {
  storedObject(server, request);
  const { namespace, name } = request.info;
  return answer(server.kubelet.logs(namespace, name, readLogOptions(request.query)));
};

function answer(log: LogReader): ApiResponse {
  if (log.follow === undefined) return { status: 200, headers: HEADERS, body: log.text };
  return {
    status: 200,
    headers: HEADERS,
    stream: (sink) => {
      if (log.text !== '') sink.write(log.text);
      return (
        log.follow?.(
          (text) => sink.write(text),
          () => sink.end(),
        ) ?? (() => {})
      );
    },
  };
}

/** core/v1 PodLogOptions from the query. @throws StatusError BadRequest */
function readLogOptions(query: URLSearchParams): LogRequest {
  const container = query.get('container');
  const sinceTime = query.get('sinceTime');
  const numbers = {
    sinceSeconds: integer(query, 'sinceSeconds'),
    tailLines: integer(query, 'tailLines'),
    limitBytes: integer(query, 'limitBytes'),
  };
  return {
    ...(container && { container }),
    follow: isTrue(query.get('follow')),
    previous: isTrue(query.get('previous')),
    timestamps: isTrue(query.get('timestamps')),
    ...(sinceTime && { sinceTime: parseTime(sinceTime) }),
    ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined)),
  };
}

function integer(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw newBadRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
}

/** What a container wrote. */
export const log: Subresource = Object.freeze({
  name: 'log',
  of: ({ group, kind }) => group === '' && kind === 'Pod',
  verbs: { get },
} satisfies Subresource);
