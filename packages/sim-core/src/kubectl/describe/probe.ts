import type { JsonObject } from '../json.ts';
import { at, number, object, text, texts } from '../json.ts';

/** `http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3` (describe.go DescribeProbe). */
export function probeText(probe: JsonObject): string {
  const seconds = (field: string) => `${number(probe, field)}s`;
  const attributes = `delay=${seconds('initialDelaySeconds')} timeout=${seconds('timeoutSeconds')} period=${seconds('periodSeconds')} #success=${number(probe, 'successThreshold')} #failure=${number(probe, 'failureThreshold')}`;
  return `${handlerText(probe)} ${attributes}`;
}

function handlerText(probe: JsonObject): string {
  if (at(probe, 'exec') !== undefined) return `exec [${texts(probe, 'exec', 'command').join(' ')}]`;
  if (at(probe, 'httpGet') !== undefined) {
    const get = object(probe, 'httpGet');
    const port = text(get, 'port');
    const path = text(get, 'path');
    return `http-get ${(text(get, 'scheme') || 'HTTP').toLowerCase()}://${text(get, 'host')}${port === '' ? '' : `:${port}`}${path.startsWith('/') ? path : `/${path}`}`;
  }
  if (at(probe, 'tcpSocket') !== undefined)
    return `tcp-socket ${text(probe, 'tcpSocket', 'host')}:${text(probe, 'tcpSocket', 'port')}`;
  if (at(probe, 'grpc') !== undefined)
    return `grpc <pod>:${text(probe, 'grpc', 'port')} ${text(probe, 'grpc', 'service')}`;
  return 'unknown';
}
