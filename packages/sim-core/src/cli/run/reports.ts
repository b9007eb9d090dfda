import { examine } from '../../doctor/doctor.ts';
import type { World } from '../../doctor/world.ts';
import { describe } from '../../explain/describe.ts';
import { explain } from '../../explain/explain.ts';
import { nginxConf } from '../../explain/nginx-conf/nginx-conf.ts';
import type { Question } from '../../explain/request-target.ts';
import { ControlError } from '../../host/control/answer.ts';
import { type ApplyOutcome, boxIds, type Cluster } from '../../index.ts';
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

  /** @throws ControlError for a URL that is none */
  explain(question: Question): RequestTrace {
    const { cluster, addresses } = this.#parts;
    const asked = { ...question, url: addresses().toLoadBalancer(question.url) };
    try {
      return explain(asked, { world: this.#world(), ids: boxIds(cluster) });
    } catch (error) {
      throw new ControlError(400, (error as Error).message, 'BadRequest');
    }
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
