import type { ApiResponse } from '../http/message.ts';
import { readListOptions } from '../list/list-options.ts';
import { select } from '../list/selection.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { EventWriter } from '../watch/event-writer.ts';
import { WatchStream } from '../watch/watch-stream.ts';
import { selectionQuery } from './list.ts';

const HEADERS: Readonly<Record<string, string>> = Object.freeze({ 'content-type': 'application/json' });

/** Changes as they come (endpoints/handlers/watch.go). @throws StatusError BadRequest, Invalid */
export function watch(server: ServerParts, request: ResourceRequest): ApiResponse {
  const options = readListOptions(request.query, true);
  const named = request.info.name === '' ? {} : { name: request.info.name };
  const selection = select(request.kind, { ...selectionQuery(request), ...named });
  const events = new EventWriter(server, request);
  return {
    status: 200,
    headers: HEADERS,
    stream: (sink) => new WatchStream(server, request, { selection, options, sink, events }).start(),
  };
}
