import type { AuditEvent } from '../../support/kubectl-sandbox.ts';
import { normalise } from '../../support/normalise.ts';

/** What kubectl asks once and keeps for all its commands. */
const DISCOVERY = /^\/(apis?|openapi|version)([/?]|$)/;
const RESOURCE = /^\/(api\/[^/]+|apis\/[^/]+\/[^/]+)\/[^?]/;
/** Whether kubectl still has to wait for one object when it looks is chance. */
const WAITING = /\?allowWatchBookmarks=true&fieldSelector=metadata\.name%3D/;
const SELECTOR = /(fieldSelector=)([^&]+)/;

/** Requests in the audit log as a transcript shows them: without discovery, and without waiting. */
export function requestLines(events: readonly AuditEvent[]): string[] {
  return events
    .filter(({ requestURI }) => RESOURCE.test(requestURI) || !DISCOVERY.test(requestURI))
    .filter(({ requestURI }) => !WAITING.test(requestURI))
    .map(requestLine);
}

function requestLine({ verb, requestURI, responseStatus, annotations }: AuditEvent): string {
  const protocol = annotations?.['k8s-ingress-sandbox/protocol'];
  // kubectl puts the terms together in an order of its own each time.
  const sorted = requestURI.replace(SELECTOR, (_all, name, terms) => name + terms.split('%2C').sort().join('%2C'));
  const line = [verb, normalise(sorted), responseStatus.code];
  return [...line, ...(protocol === undefined ? [] : [protocol])].join(' ');
}
