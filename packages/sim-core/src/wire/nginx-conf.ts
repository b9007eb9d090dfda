import type { ObjectName, SourcePosition } from './names.ts';

/** What wrote a line of nginx.conf, or could. */
export interface NginxConfSource {
  /** `default`: nobody has set it; `name` says what would. `rule`: the field of an Ingress that it stands for. */
  kind: 'annotation' | 'configmap' | 'flag' | 'rule' | 'default';
  /** Annotation with its prefix, ConfigMap key, flag with `--`, or field path. */
  name: string;
  object?: ObjectName;
  source?: SourcePosition;
}

export interface NginxConfLine {
  /** With its indentation, without what it comes from. */
  text: string;
  /** Nothing for what every configuration has. */
  sources: NginxConfSource[];
  /** Whether the line stands for its sources by itself, and not only within a block that does. */
  isOwn: boolean;
}

/** nginx.conf of one replica of the controller. */
export interface NginxConf {
  /** `namespace/name` of its pod. */
  pod: string;
  /** Why nginx does not take what the controller made last; '' when it does. */
  failure: string;
  lines: NginxConfLine[];
  /** With every file that it names, itself among them, for `nginx -p FOLDER`; where they were asked for. */
  files?: NginxFile[];
}

/** Which configuration is printed, and how. */
export interface NginxConfQuery {
  /** Only the server that answers for this host. */
  host?: string;
  /** What nginx refused, where it refused one, in place of what runs. */
  refused?: boolean;
  files?: boolean;
  /** Ports behind `listen`; the controller's own without them. */
  httpPort?: number;
  httpsPort?: number;
}

/** A file of the folder that `print-conf --dir` writes. */
export interface NginxFile {
  /** From the folder. */
  path: string;
  content: string;
  /** Whether only the owner may read it. */
  isSecret: boolean;
}
