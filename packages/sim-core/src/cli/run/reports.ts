import { examine } from '../../doctor/doctor.ts';
import type { World } from '../../doctor/world.ts';
import { describe } from '../../explain/describe.ts';
import { explain } from '../../explain/explain.ts';
import { questionLike } from '../../explain/like.ts';
import { nginxConf } from '../../explain/nginx-conf/nginx-conf.ts';
import type { Question } from '../../explain/request-target.ts';
import { type ApplyOutcome, boxIds, type Cluster } from '../../index.ts';
import type { ExplainRequest } from '../../run/actions.ts';
import { ControlError } from '../../run/control-error.ts';
import type { DoctorFinding, NginxConf, NginxConfQuery, RequestTrace } from '../../wire.ts';
import { worldOf } from '../world.ts';
import type { Addresses } from './addresses.ts';

/** What reports are made from. */
export interface ReportParts {
  readonly cluster: Cluster;
  /** What the API server refused last. */
  refused(): readonly ApplyOutcome[];
  addresses(): Addresses;
}

/** What can be said of a run when somebody asks: findings, records in words, answers to questions. */
export class Reports {
  readonly #parts: ReportParts;

  constructor(parts: ReportParts) {
    this.#parts = parts;
  }

  findings(): DoctorFinding[] {
    return examine(this.#world());
  }

  trace(id: number): RequestTrace | 'evicted' | undefined {
    const { cluster } = this.#parts;
    const record = cluster.records.get(id);
    if (record === undefined || record === 'evicted') return record;
    return describe({ record, world: this.#world(), ids: boxIds(cluster) });
  }

  /** @throws ControlError for a URL that is none, and for a request that is forgotten */
  explain(request: ExplainRequest): RequestTrace {
    const { cluster, addresses } = this.#parts;
    const question = this.#questionOf(request);
    const asked = { ...question, url: addresses().toLoadBalancer(question.url) };
    try {
      return explain(asked, { world: this.#world(), ids: boxIds(cluster) });
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
    return nginxConf(query, this.#world());
  }

  #world(): World {
    const { cluster, refused, addresses } = this.#parts;
    const { http, https } = addresses();
    return worldOf(cluster, refused(), { http, https });
  }
}
