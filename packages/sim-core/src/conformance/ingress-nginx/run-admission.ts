import { told } from '../compare.ts';
import type { ApiAnswer } from '../transport.ts';
import type { Vector } from './vector.ts';
import type { World } from './world.ts';

/** The API server's words before those of the webhook. */
const DENIED = /^admission webhook "[^"]*" denied the request: /;

/** An Ingress is sent to the API server, which asks the controller's webhook. */
export async function runAdmission(world: World, { manifests, admit, expect = {} }: Vector): Promise<string[]> {
  const namespace = admit?.metadata.namespace ?? 'default';
  world.namespace(namespace);
  world.load(manifests);
  const answer = await world.stand.transport.post(
    `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`,
    admit,
  );
  const allowed = answer.status < 300;
  const message = messageOf(answer);
  const said = allowed ? 'allowed' : `refused with ${answer.status}: ${told(message)}`;
  if (expect.allowed !== undefined && allowed !== expect.allowed)
    return [`admission: expected ${expect.allowed ? 'allowed' : `refused${wantedMessage(expect)}`}, got ${said}`];
  return [...messageProblems(message, answer, expect), ...warningProblems(answer, expect.warnings)];
}

function messageProblems(
  message: string,
  { status }: ApiAnswer,
  { allowed, message: wanted, messagePrefix }: NonNullable<Vector['expect']>,
): string[] {
  if (allowed !== false) return [];
  const own = message.replace(DENIED, '');
  const fits =
    (wanted === undefined || own === wanted) && (messagePrefix === undefined || own.startsWith(messagePrefix));
  return [
    // The webhook answers with code 400, and the API server passes that on (internal/admission/controller/main.go).
    ...(status === 400 && DENIED.test(message)
      ? []
      : [`refusal: expected 400 by the webhook, got ${status} ${told(message)}`]),
    ...(fits ? [] : [`message: expected ${told(wanted ?? messagePrefix)}, got ${told(own)}`]),
  ];
}

function wantedMessage({ message, messagePrefix }: NonNullable<Vector['expect']>): string {
  const text = message ?? messagePrefix;
  return text === undefined ? '' : ` with ${told(text)}`;
}

function warningProblems({ warnings }: ApiAnswer, wanted: readonly string[] = []): string[] {
  return wanted
    .filter((text) => !warnings.some((warning) => warning.includes(text)))
    .map(
      (text) => `warning: expected ${told(text)}, got ${warnings.length === 0 ? 'none' : told(warnings.join('; '))}`,
    );
}

function messageOf({ body }: ApiAnswer): string {
  try {
    const { message = '' } = JSON.parse(body) as { message?: string };
    return message;
  } catch {
    return body;
  }
}
