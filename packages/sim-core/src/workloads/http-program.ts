import type { FileText } from './files/file-entry.ts';
import { GrpcServer, type GrpcService } from './grpc-server.ts';
import type { Answer } from './http-answer.ts';
import type { Handler } from './http-server.ts';
import { HttpServer } from './http-server.ts';
import { goPlainHttp } from './plain-http.ts';
import type { ContainerContext, Program, RunningProgram } from './program.ts';
import { certificateOf, type TlsFiles } from './tls-certificate.ts';
import { TlsListener } from './tls-listener.ts';

/** What tells one HTTP program from another. */
export interface HttpProgram {
  readonly name: string;
  readonly images: readonly string[];
  /** Ports that it listens on, whatever the manifest declares. Undefined: on any port that is dialled. */
  ports(context: ContainerContext): readonly number[] | undefined;
  /** Lines that its log starts with. */
  greeting?(context: ContainerContext): readonly string[];
  /** Files that its image has, by absolute path. */
  files?(context: ContainerContext): Readonly<Record<string, FileText>>;
  /** The port on which it serves gRPC, if it does, and what it serves there. */
  grpc?(context: ContainerContext): { readonly port: number; readonly service: GrpcService } | undefined;
  /** Ports on which it speaks TLS, beside or among the others. */
  tls?(context: ContainerContext): readonly number[];
  /** Files of its certificate and key, where its command line or environment names them. */
  tlsFiles?(context: ContainerContext): TlsFiles | undefined;
  /** What it answers to plain HTTP on such a port; a Go server's words where it is left out. */
  plainHttp?(context: ContainerContext): Answer;
  /** Prepares the handler; runs once for each container. */
  handler(context: ContainerContext): Handler;
}

/** A program that serves HTTP on its ports and ends gracefully: it finishes what is under way. */
export function defineHttpProgram(program: HttpProgram): Program {
  const { name, images, ports, greeting, files, handler } = program;
  return Object.freeze({ name, images: Object.freeze([...images]), ...(files && { files }), start });

  function start(context: ContainerContext): RunningProgram {
    const listening = context.behaviour.ports ?? ports(context);
    const server = new HttpServer(context, handler(context));
    const tlsPorts = context.behaviour.tls ?? program.tls?.(context) ?? [];
    const secure = tlsPorts.length === 0 ? undefined : overTls(server, context);
    const called = program.grpc?.(context);
    const calls = called && new GrpcServer(context, called.service);
    for (const line of greeting?.(context) ?? []) context.log(line);
    return {
      listener: (port) => {
        if (port === called?.port) return calls;
        if (tlsPorts.includes(port)) return secure;
        return listening === undefined || listening.includes(port) ? server : undefined;
      },
      anyPort: listening === undefined,
      requests: () => server.requests + (calls?.requests ?? 0),
      stop: (done) => server.stop(done),
      kill: () => {
        server.kill();
        calls?.kill();
      },
    };
  }

  function overTls(server: HttpServer, context: ContainerContext): TlsListener {
    const { tlsFiles, plainHttp = goPlainHttp } = program;
    return new TlsListener(server, certificateOf(context, tlsFiles?.(context)), () => plainHttp(context));
  }
}

/** The TCP ports that the manifest declares for the container. */
export function declaredPorts({ container }: ContainerContext): number[] {
  return (container.ports ?? [])
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
    .map(({ containerPort }) => containerPort);
}

/** Value of a flag such as `-text=hello`, `--text hello`; undefined when the command line does not have it. */
export function flagValue(argv: readonly string[], name: string): string | undefined {
  for (const [index, argument] of argv.entries()) {
    const match = /^--?([^=]+)(?:=(.*))?$/s.exec(argument);
    if (match?.[1] === name) return match[2] ?? argv[index + 1];
  }
  return undefined;
}

/** The port of a listen address: `:8080`, `0.0.0.0:8080`, `8080`. */
export function listenPort(address: string | undefined, fallback: number): number {
  const port = Number(address?.slice(address.lastIndexOf(':') + 1));
  return Number.isInteger(port) && port > 0 && port < 65536 ? port : fallback;
}
