import type { Service } from '../../api/core-v1/service.ts';
import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { spellObject } from '../binding/binding.ts';
import { hostOf } from '../binding/ingress-function.ts';
import { isRole } from '../binding/roles.ts';
import type { Selector } from '../binding/selector.ts';
import type { TargetAnswer, TargetRequest } from '../target/target.ts';
import { type CheckContext, playerOf } from './context.ts';
import { NobodyToAsk } from './nobody-to-ask.ts';
import type { RequestSpec } from './request.ts';
import { describeSelector, selected } from './select.ts';

/** The request of a check with the host that the student chose. @throws Error when its load balancer has no address */
export async function targetRequest(spec: RequestSpec, context: CheckContext): Promise<TargetRequest> {
  const { method, path, scheme, headers, cookies, body, to } = spec;
  const jar = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const flat = Object.entries(headers).flat();
  if (jar.length > 0) flat.push('cookie', jar.join('; '));
  return {
    method,
    path,
    scheme,
    host: hostFor(spec.host, context),
    headers: flat,
    ...(body !== undefined && { body }),
    ...(to !== undefined && (await destinationOf(to, context))),
  };
}

/** Where a Service is asked. @throws Error when none is meant, or it cannot be asked */
async function destinationOf(to: Selector, context: CheckContext): Promise<Destination> {
  const [service] = (await selected(to, context)) as Service[];
  if (service === undefined) throw new NobodyToAsk(`there is no ${describeSelector(to)}`);
  if (service.spec.type === 'LoadBalancer') return addressOf(service);
  const { name, namespace = '' } = service.metadata;
  return { service: { namespace, name, port: service.spec.ports?.[0]?.port ?? 80 } };
}

type Destination = Pick<TargetRequest, 'balancer' | 'port' | 'service'>;

/** A wildcard stands for any one name. */
function hostFor(host: string, context: CheckContext): string {
  if (!isRole(host)) return host;
  return hostOf(playerOf(context, host) as Ingress).replace(/^\*\./, 'any.');
}

/** Where a load balancer answers. @throws Error when it has no address yet */
export function addressOf(service: Service): { balancer: string; port: number } {
  const address = service.status?.loadBalancer?.ingress?.[0];
  const balancer = address?.hostname ?? address?.ip;
  const port = service.spec.ports?.[0]?.port;
  if (balancer === undefined || port === undefined) throw new Error(`${spellObject(service)} has no address yet`);
  return { balancer, port };
}

/** `200`, `no answer: connection refused`. */
export function describeAnswer(answer: TargetAnswer): string {
  return 'status' in answer ? String(answer.status) : `no answer: ${answer.failure}`;
}

/** What a person learns from an answer that is not what it should be: why, behind the sentence, and what to do where. */
export function explanationOf(
  context: CheckContext,
  request: TargetRequest,
): { why: string; fix?: string; place?: { file: string; line?: number | undefined } } {
  const explanation = request.service === undefined ? context.explain(request) : undefined;
  if (explanation === undefined) return { why: '' };
  const { summary, fix, file, line } = explanation;
  return { why: ` ${summary}`, ...(fix !== '' && { fix }), ...(file !== undefined && { place: { file, line } }) };
}
