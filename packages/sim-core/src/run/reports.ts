import { examine } from '../doctor/doctor.ts';
import type { World } from '../doctor/world.ts';
import { describe } from '../explain/describe.ts';
import { explain } from '../explain/explain.ts';
import { questionLike } from '../explain/like.ts';
import { nginxConf } from '../explain/nginx-conf/nginx-conf.ts';
import type { Question } from '../explain/request-target.ts';
import { boxIds, type Cluster } from '../index.ts';
import type { DoctorFinding, NginxConf, NginxConfQuery, RequestTrace } from '../wire.ts';
import type { ExplainRequest } from './actions.ts';
import { ControlError } from './control-error.ts';

/** What reports are made from. */
export interface ReportParts {
  readonly cluster: Cluster;
  /** The cluster as the doctor looks at it now. */
  world(): World;
  /** A URL of a load balancer's own port becomes one of the load balancer; any other stays as it is. */
  toLoadBalancer(url: string): string;
}

/** What can be said of a run when somebody asks: findings, records in words, answers to questions. */
export class Reports {
  readonly #parts: ReportParts;

  constructor(parts: ReportParts) {
    this.#parts = parts;
  }

  findings(): DoctorFinding[] {
    return examine(this.#parts.world());
  }

  trace(id: number): RequestTrace | 'evicted' | undefined {
    const { cluster } = this.#parts;
    const record = cluster.records.get(id);
    if (record === undefined || record === 'evicted') return record;
    return describe({ record, world: this.#parts.world(), ids: boxIds(cluster) });
  }

  /** @throws ControlError for a URL that is none, and for a request that is forgotten */
  explain(request: ExplainRequest): RequestTrace {
    const { cluster, toLoadBalancer } = this.#parts;
    const question = this.#questionOf(request);
    const asked = { ...question, url: toLoadBalancer(question.url) };
    try {
      return explain(asked, { world: this.#parts.world(), ids: boxIds(cluster) });
    } catch (error) {
      throw new ControlError(400, (error as Error).message, 'BadRequest');
    }
  }

  #questionOf(request: ExplainRequest): Question {
    const { like, method = 'GET', url = '', headers } = request;
    if (like === undefined) return { method, url, headers };
    const record = this.#parts.cluster.records.get(like);
    if (record === undefined) throw new ControlError(404, `no request ${like} has been answered`, 'NotFound');
    if (record === 'evicted')
      throw new ControlError(410, `request ${like} is forgotten: newer ones took its place`, 'Gone');
    return questionLike(record, request);
  }

  nginxConf(query: NginxConfQuery): NginxConf | undefined {
    return nginxConf(query, this.#parts.world());
  }
}
