/**
 * What goes over the control API and its feed: types only, shared by the server and the page. The engine's own types
 * never cross the wire. Names follow interfaces.md ("The control API"); times are milliseconds of cluster time unless
 * said otherwise.
 */

export type { AnnotationDoc } from './wire/annotation.ts';
export type { AppliedObject, ApplyProblem, SourceFile } from './wire/apply.ts';
export type { ClassFile, ClassFiles } from './wire/class-files.ts';
export type { ClassroomLinks, QrCode } from './wire/classroom.ts';
export type { WireDeviation } from './wire/deviation.ts';
export type { DoctorFinding } from './wire/doctor-finding.ts';
export type { WireEvent } from './wire/event.ts';
export type { DeltaOperation, FeedCommand, FeedMessage, Snapshot } from './wire/feed.ts';
export type { KubectlCommands, KubectlOutput } from './wire/kubectl.ts';
export type { LessonList, LessonName, LessonState, ObjectiveResult, ObjectiveState } from './wire/lesson.ts';
export type { ObjectName, SourcePosition } from './wire/names.ts';
export type { NginxConf, NginxConfLine, NginxConfQuery, NginxConfSource, NginxFile } from './wire/nginx-conf.ts';
export type {
  WireDeployment,
  WireIngress,
  WireIngressRule,
  WireLoadBalancer,
  WireNode,
  WireObject,
  WirePod,
  WireService,
} from './wire/objects.ts';
export type { SplitRow } from './wire/split.ts';
export type { CostLine, WireStatus } from './wire/status.ts';
export type { PastState, TimelineMark, TimelineStep } from './wire/timeline.ts';
export type { RequestTrace, TraceHop, TraceSample } from './wire/trace.ts';
export type { LoadState, WireFlow } from './wire/traffic.ts';
export type { WeightAnswer } from './wire/weight.ts';
