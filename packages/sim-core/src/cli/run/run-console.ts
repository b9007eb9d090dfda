import type { ReaderNews } from '../../host/control/feed.ts';
import type { ReadyLine } from '../../host/run-file.ts';
import type { ApplyOutcome, LedgerEntry, Waiting } from '../../index.ts';
import type { DoctorFinding } from '../../wire.ts';
import type { FirstRequest } from './first-request.ts';

/** A load balancer that answers, as it is announced. */
export interface AnnouncedLoadBalancer {
  readonly namespace: string;
  readonly name: string;
  readonly hostname: string;
  readonly ports: readonly { readonly port: number; readonly url: string }[];
  /** Whether requests for any host go there. */
  readonly ingress: boolean;
}

/** Something that the user should know, at its place where it has one. */
export interface RunProblem {
  readonly reason: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly hint?: string;
}

/** The end of a burst of changes. */
export interface SettledState {
  readonly ok: boolean;
  readonly rev: number;
  readonly waitingFor: readonly Waiting[];
  /** Whether somebody changed something on purpose; pods that crash settle as well. */
  readonly asked: boolean;
}

/** What a run says while it goes on: as text for people, or as JSON lines for programs. */
export interface RunConsole {
  ready(line: ReadyLine): void;
  applied(outcomes: readonly ApplyOutcome[]): void;
  /** Objects that a saved file no longer has. */
  gone(entries: readonly LedgerEntry[]): void;
  /** The cloud works on it. @param milliseconds of cluster time that it needs */
  pending(namespace: string, name: string, milliseconds: number): void;
  /** It has its address. */
  loadBalancer(balancer: AnnouncedLoadBalancer): void;
  /** It has a healthy target now: requests are answered. @param first what its lines to paste ask for */
  answers(balancer: AnnouncedLoadBalancer, first: FirstRequest): void;
  /** Everything that is published answers: time for the next step. */
  next(): void;
  problem(problem: RunProblem): void;
  finding(finding: DoctorFinding): void;
  settled(state: SettledState): void;
  /** Somebody began to watch the page or left, or a tab that nobody sees paused. */
  reader(reader: ReaderNews): void;
  /** A line that only people need. */
  note(text: string): void;
}
