import { randomUUID } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { AskedBy } from '../../kube-apiserver/api-server.ts';

/** The protocol of a connection to a pod, among the annotations of its event. */
const PROTOCOL = 'k8s-ingress-sandbox/protocol';

/** Writes what is asked of the Kubernetes API to a file. */
export interface AuditLog {
  /** Somebody asks; the event is written when the answer is complete. */
  received(incoming: IncomingMessage): AuditEntry;
  close(): void;
}

/** One request under way. */
export interface AuditEntry {
  /** Who asks for what, once the API server has read it. */
  asked(by: AskedBy): void;
  /** Which protocol the connection speaks from now on. */
  speaks(protocol: string): void;
  /** The answer is complete; only the first call counts. @param code 0: the client went before it had one */
  complete(code: number): void;
}

/**
 * Opens the log: a line of JSON for each answer, in the manner of kube-apiserver's `--audit-log-path` at level Metadata
 * (k8s.io/apiserver/pkg/apis/audit/v1/types.go, Event). It goes on where the file ends. Lines are written at once: who has
 * heard an answer finds it there.
 * @throws the file system's error when the file cannot be written
 */
export function openAuditLog(path: string): AuditLog {
  const file = openSync(path, 'a', 0o600);
  let open = true;
  const write = (event: object) => {
    if (open) writeSync(file, `${JSON.stringify(event)}\n`);
  };
  return {
    received: (incoming) => entryOf(incoming, write),
    close() {
      if (open) closeSync(file);
      open = false;
    },
  };
}

function entryOf(incoming: IncomingMessage, write: (event: object) => void): AuditEntry {
  const { url, headers, socket } = incoming;
  const receivedAt = now();
  let by: AskedBy | undefined;
  let annotations: Record<string, string> | undefined;
  let complete = false;
  return {
    asked(who) {
      by = who;
    },
    speaks(protocol) {
      annotations = { [PROTOCOL]: protocol };
    },
    complete(code) {
      if (complete) return;
      complete = true;
      write({
        kind: 'Event',
        apiVersion: 'audit.k8s.io/v1',
        level: 'Metadata',
        auditID: randomUUID(),
        stage: 'ResponseComplete',
        requestURI: url,
        ...(by && describe(by)),
        sourceIPs: [socket.remoteAddress],
        userAgent: headers['user-agent'],
        responseStatus: { metadata: {}, code },
        requestReceivedTimestamp: receivedAt,
        stageTimestamp: now(),
        annotations,
      });
    },
  };
}

function describe({ info, user, impersonatedUser }: AskedBy): object {
  const { apiGroup, apiVersion, resource, namespace, name, subresource } = info;
  const reference = { resource, namespace, name, apiGroup, apiVersion, subresource };
  return {
    verb: info.verb,
    user: userOf(user) ?? {},
    impersonatedUser: userOf(impersonatedUser),
    objectRef: info.isResourceRequest ? withoutEmpty(reference) : undefined,
  };
}

function userOf(user: AskedBy['user']): object | undefined {
  return user && { username: user.name, uid: user.uid, groups: user.groups, extra: user.extra };
}

function withoutEmpty(fields: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/** metav1.MicroTime. */
function now(): string {
  return new Date().toISOString().replace('Z', '000Z');
}
