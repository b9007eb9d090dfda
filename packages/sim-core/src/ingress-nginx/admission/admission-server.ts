import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { keyOf } from '../../apimachinery/object-meta.ts';
import { type Answer, answer } from '../../workloads/http-answer.ts';
import { withBody } from '../../workloads/late-answer.ts';
import type { HttpResponse, Workload } from '../../workloads/workload.ts';
import { type Checking, checkIngress } from './check-ingress.ts';
import { checkWarning } from './check-warning.ts';

/** What the server is made from. */
export interface AdmissionServerParts extends Checking {
  /** The certificate (PEM) that it serves now. */
  certificate(): string;
  /** Told of every Ingress that was checked for us, by its namespace and name. */
  checked(key: string, isGood: boolean): void;
}

/** admission.k8s.io/v1, as far as it is read. */
interface Review {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly request?: {
    readonly uid?: string;
    readonly kind?: { readonly group?: string; readonly version?: string; readonly kind?: string };
    readonly namespace?: string;
    readonly name?: string;
    readonly object?: Ingress | null;
  };
}

/** The validating webhook of the controller (internal/admission/controller/server.go): the same answer on every path. */
export function admissionServer(parts: AdmissionServerParts): Workload {
  return {
    get certificate() {
      return parts.certificate();
    },
    http: (request, response) => withBody(request, (body) => review(body, parts))((result) => send(result, response)),
  };
}

function send({ status, headers, body }: Answer, response: HttpResponse): void {
  if (response.closed) return;
  response.writeHead(status, headers);
  response.end(body);
}

function review(body: string, parts: AdmissionServerParts): Answer {
  const asked = parsed(body);
  if (asked === undefined) {
    parts.log.error('server.go:77', '"failed to decode request body"');
    return answer(400, 'text/plain; charset=utf-8', '');
  }
  const response = handle(asked, parts);
  if (response === undefined) {
    parts.log.error('server.go:84', '"failed to process webhook request"');
    return answer(500, 'text/plain; charset=utf-8', '');
  }
  return answer(200, 'application/json', JSON.stringify({ ...asked, response }));
}

function parsed(body: string): Review | undefined {
  try {
    const review = JSON.parse(body) as Review;
    return review.kind === 'AdmissionReview' && review.apiVersion === 'admission.k8s.io/v1' ? review : undefined;
  } catch {
    return undefined;
  }
}

/** internal/admission/controller/main.go, HandleAdmission. @returns undefined for what is no Ingress */
function handle({ request = {} }: Review, parts: AdmissionServerParts): Record<string, unknown> | undefined {
  const { uid = '', kind, namespace = '', name = '', object } = request;
  const isIngress = kind?.group === 'networking.k8s.io' && kind.version === 'v1' && kind.kind === 'Ingress';
  if (!isIngress || !object?.metadata) return undefined;
  const ingress = { ...object, spec: object.spec ?? {} };
  const warnings = checkWarning(ingress, `${parts.flags.annotationsPrefix}/`);
  const said = { uid, ...(warnings.length > 0 && { warnings }) };
  const refusal = checkIngress(ingress, parts);
  if (parts.builder.notOurs(ingress) === undefined) parts.checked(keyOf(namespace, name), refusal === undefined);
  if (refusal === undefined) {
    parts.log.info('main.go:107', `"successfully validated configuration, accepting" ingress="${namespace}/${name}"`);
    return { ...said, allowed: true };
  }
  parts.log.error(
    'main.go:96',
    `"invalid ingress configuration" err=${JSON.stringify(refusal)} ingress="${namespace}/${name}"`,
  );
  const status = { metadata: {}, status: 'Failure', message: refusal, reason: 'BadRequest', code: 400 };
  return { ...said, allowed: false, status };
}
