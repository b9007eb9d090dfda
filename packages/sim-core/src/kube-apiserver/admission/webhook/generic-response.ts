import { goQuote } from '../../../apimachinery/go-syntax.ts';

/** What client-go says of an answer that is no object, by its status (k8s.io/apimachinery/pkg/api/errors NewGenericServerResponse). */
const WORDS: Readonly<Record<number, string>> = Object.freeze({
  400: 'the server rejected our request for an unknown reason',
  401: 'the server has asked for the client to provide credentials',
  404: 'the server could not find the requested resource',
  405: 'the server does not allow this method on the requested resource',
  409: 'the server reported a conflict',
  413: 'the server has received a request that is too large to be processed',
  415: 'the server was unable to respond with a content type that the client supports',
  422: 'the server rejected our request due to an error in our request',
  429: 'the server has received too many requests and has asked us to try again later',
  503: 'the server is currently unable to handle the request',
  504: 'the server was unable to return a response in the time allotted, but may still be processing the request',
});

/** Why an answer of this status is a failure; undefined for one that is none (client-go/rest/request.go, transformResponse). */
export function genericServerResponse(status: number, body: string): string | undefined {
  if (status >= 200 && status <= 206) return undefined;
  const own = statusMessage(body);
  if (own !== undefined) return own;
  if (status === 403) return body.trim() === '' ? 'unknown' : body.trim();
  if (WORDS[status] !== undefined) return WORDS[status];
  if (status >= 500)
    return `an error on the server (${goQuote(body.trim())}) has prevented the request from succeeding`;
  return `the server responded with the status code ${status} but did not return more information`;
}

/** The message of a Status that says what failed. */
function statusMessage(body: string): string | undefined {
  try {
    const { kind, status, message } = JSON.parse(body) as Record<string, unknown>;
    return kind === 'Status' && status !== 'Success' && typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
