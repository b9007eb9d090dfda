import { misfit } from '../assert/fit.ts';
import { isImage } from '../binding/runs-image.ts';
import { isAnswer, type TargetAnswer } from '../target/target.ts';
import type { Answerers } from './answerers.ts';
import type { AnswerSpec, RedirectSpec } from './http.ts';

const MULTIPLE: readonly string[] = Object.freeze(['set-cookie']);

/**
 * What is not as it should be, as a clause: `it answers 404, expected 200`; undefined when nothing is.
 * @param service `namespace/name` of the Service whose pods should answer
 */
export function wrongWithAnswer(
  answer: TargetAnswer,
  { status, headers, body, redirect, image }: AnswerSpec,
  service: string | undefined,
  answerers: Answerers | undefined,
): string | undefined {
  if (!isAnswer(answer)) return `it gets no answer (${answer.failure})`;
  const seen = headersOf(answer.headers);
  return (
    complaint('it answers', answer.status, status) ??
    complaint('its headers have', seen, headers) ??
    complaint('its body is', answer.body, body) ??
    (redirect === undefined ? undefined : wrongRedirect(answer.status, seen['location'], redirect)) ??
    (service === undefined || answerers === undefined
      ? undefined
      : wrongService(service, answerers.of(answer)?.services)) ??
    (image === undefined || answerers === undefined ? undefined : wrongImage(image, answerers.of(answer)?.images))
  );
}

function complaint(what: string, actual: unknown, expected: unknown): string | undefined {
  if (expected === undefined) return undefined;
  const wrong = misfit(actual, expected);
  if (wrong === undefined) return undefined;
  const field = wrong.path.length === 0 ? '' : ` ${wrong.path.join('.')}:`;
  return `${what}${field} ${wrong.found}, expected ${wrong.expected}`;
}

function wrongRedirect(status: number, location: string | undefined, wanted: RedirectSpec): string | undefined {
  if (status < 300 || status > 399 || location === undefined) return `it answers ${status}, not a redirect`;
  if (!URL.canParse(location, 'http://relative.invalid')) return `it redirects to ${location}, which is no address`;
  const { protocol, host, pathname, search } = new URL(location, 'http://relative.invalid');
  const actual = { scheme: protocol.replace(':', ''), host, path: pathname + search };
  return complaint(`it redirects to ${location}:`, actual, wanted);
}

function wrongService(wanted: string, services: readonly string[] | undefined): string | undefined {
  if (services?.includes(wanted)) return undefined;
  const who = services === undefined ? 'nobody that can be told' : `Service ${services.join(' and ')}`;
  return `it is answered by ${who}, not by Service ${wanted}`;
}

function wrongImage(wanted: string, images: readonly string[] | undefined): string | undefined {
  if (images?.some((image) => isImage(image, wanted))) return undefined;
  const who = images === undefined ? 'nobody that can be told' : images.join(' and ');
  return `it is answered by ${who}, not by ${wanted}`;
}

/** By lower-case name; several of one name are joined, cookies by line breaks. */
function headersOf(flat: readonly string[]): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (let i = 0; i < flat.length; i += 2) {
    const name = (flat[i] as string).toLowerCase();
    const value = flat[i + 1] as string;
    const glue = MULTIPLE.includes(name) ? '\n' : ', ';
    headers[name] = headers[name] === undefined ? value : `${headers[name]}${glue}${value}`;
  }
  return headers;
}
