import { validatePodLogOptions } from '../../api/core-v1/pod/validation/log-options.ts';
import { newBadRequest, newInvalid } from '../../apimachinery/status-error.ts';
import type { LogReader, LogRequest } from '../../kube-apiserver/kubelet-connection.ts';
import { formatTime } from '../../sim/clock.ts';
import { byteLength } from '../../workloads/http-answer.ts';
import type { Container } from '../container.ts';
import type { LogLine } from '../container-log.ts';
import { containerName, getPod } from './container-name.ts';
import type { ServerParts } from './server-parts.ts';

/** A pod that has no node yet has an empty log (pkg/registry/core/pod/strategy.go LogLocation). */
const NOTHING: LogReader = Object.freeze({ text: '' });

/**
 * `GET /containerLogs` (pkg/kubelet/server/server.go getContainerLogs; kuberuntime/logs/logs.go ReadLogs).
 * @throws StatusError Invalid, NotFound or BadRequest
 */
export function readLogs(parts: ServerParts, namespace: string, name: string, request: LogRequest): LogReader {
  const errors = validatePodLogOptions(request);
  if (errors.length > 0) throw newInvalid({ group: '', kind: 'PodLogOptions' }, name, errors);
  const pod = getPod(parts.client, namespace, name);
  const wanted = containerName(pod, request.container);
  if (!pod.spec.nodeName) return NOTHING;
  const container = parts.container(namespace, name, wanted);
  if (container === undefined) throw newBadRequest(`container "${wanted}" in pod "${name}" is not available`);
  const log = container.log(request.previous === true);
  if (log === undefined) throw newBadRequest(noLogText(container, name, request.previous === true));
  const writer = new LogWriter(request, parts.clock.now());
  const text = writer.write(log.lines(request.tailLines));
  if (request.follow !== true || request.previous === true || !container.alive) return { text };
  return {
    text,
    follow: (next, end) => {
      if (writer.full) end();
      if (writer.full) return () => {};
      const stop = log.follow({
        line: (line) => {
          next(writer.write([line]));
          if (!writer.full) return;
          stop();
          end();
        },
        end,
      });
      return stop;
    },
  };
}

/** pkg/kubelet/kubelet_pods.go validateContainerLogStatus. */
function noLogText({ spec, state }: Container, pod: string, previous: boolean): string {
  if (previous) return `previous terminated container "${spec.name}" in pod "${pod}" not found`;
  const { reason = 'ContainerCreating' } = state.waiting ?? {};
  return `container "${spec.name}" in pod "${pod}" is waiting to start: ${waitingText(reason)}`;
}

function waitingText(reason: string): string {
  if (reason === 'ErrImagePull') return "image can't be pulled";
  return reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : reason;
}

/** Puts lines into the text that was asked for, as long as its limit is not reached (logs.go logWriter). */
class LogWriter {
  readonly #timestamps: boolean;
  readonly #since: number;
  #left: number;

  constructor({ timestamps = false, sinceSeconds, sinceTime, limitBytes }: LogRequest, now: number) {
    this.#timestamps = timestamps;
    this.#since = sinceTime ?? (sinceSeconds === undefined ? Number.NEGATIVE_INFINITY : now - sinceSeconds * 1000);
    this.#left = limitBytes ?? Number.POSITIVE_INFINITY;
  }

  get full(): boolean {
    return this.#left <= 0;
  }

  write(lines: readonly LogLine[]): string {
    let text = '';
    for (const { at, text: line } of lines) {
      if (this.full) break;
      if (at < this.#since) continue;
      text += this.#cut(`${this.#timestamps ? `${formatNanos(at)} ` : ''}${line}\n`);
    }
    return text;
  }

  #cut(line: string): string {
    const bytes = byteLength(line);
    const fitting = bytes <= this.#left ? line : utf8Prefix(line, this.#left);
    this.#left -= bytes;
    return fitting;
  }
}

/** The longest beginning of a text that is no longer than so many bytes. */
function utf8Prefix(text: string, bytes: number): string {
  return new TextDecoder().decode(new TextEncoder().encode(text).slice(0, bytes), { stream: true });
}

/** `2026-01-01T00:00:00.000000000Z`: RFC3339NanoFixed (pkg/kubelet/types/constants.go). */
function formatNanos(milliseconds: number): string {
  const fraction = String(Math.floor(milliseconds) % 1000).padStart(3, '0');
  return `${formatTime(milliseconds).slice(0, -1)}.${fraction}000000Z`;
}
