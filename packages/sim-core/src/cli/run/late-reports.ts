import type { ReportParts, Reports } from '../../run/reports.ts';
import type { DoctorFinding } from '../../wire.ts';

/** Reports that are loaded when somebody asks first: doctor and explain are not what people wait for at the start. */
export class LateReports {
  readonly #parts: ReportParts;
  #reports: Reports | undefined;

  constructor(parts: ReportParts) {
    this.#parts = parts;
  }

  /** The reports, loaded. */
  async load(): Promise<Reports> {
    const { Reports } = await import('../../run/reports.ts');
    this.#reports ??= new Reports(this.#parts);
    return this.#reports;
  }

  /** What is wrong; nothing is known before they are loaded. */
  findings(): DoctorFinding[] {
    return this.#reports?.findings() ?? [];
  }
}
