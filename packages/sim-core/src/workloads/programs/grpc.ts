import { GrpcServer, type GrpcService } from '../grpc-server.ts';
import { ECHO, GRPCBIN, HELLO, health, oneOf } from '../grpc-services.ts';
import { declaredPorts } from '../http-program.ts';
import { globToRegExp } from '../image-pattern.ts';
import { imageName } from '../image-reference.ts';
import type { ContainerContext, Program, RunningProgram } from '../program.ts';
import { certificateOf } from '../tls-certificate.ts';
import type { Workload } from '../workload.ts';

/** Images of gRPC servers with the ports that they listen on, those of TLS apart. */
const IMAGES: Readonly<Record<string, { readonly plain: readonly number[]; readonly tls: readonly number[] }>> =
  Object.freeze({
    'docker.io/moul/grpcbin': { plain: [9000], tls: [9001] },
    'docker.io/kong/grpcbin': { plain: [9000], tls: [9001] },
    'docker.io/grpc/java-example-hostname': { plain: [50051], tls: [] },
    '*/grpc-testing/examples/*': { plain: [50051], tls: [] },
    '*/kubebuilder/grpc-greeter-go': { plain: [50051], tls: [] },
  });

/** Where a gRPC server listens of which nothing is known. */
const USUAL_PORT = 50_051;

/**
 * gRPC servers: health, greetings and grpcbin's methods, and an echo of what they do not know. A Scenario makes one of any image with
 * `program: grpc`.
 */
export const grpc: Program = Object.freeze({
  name: 'grpc',
  images: Object.freeze(Object.keys(IMAGES)),
  start,
});

const SERVICE: GrpcService = oneOf(health(), HELLO, GRPCBIN, () => ECHO);

function start(context: ContainerContext): RunningProgram {
  const server = new GrpcServer(context, SERVICE);
  const { plain, tls } = portsOf(context);
  const secure = overTls(context, server);
  context.log(`gRPC server listening on ${[...plain, ...tls].map((port) => `:${port}`).join(', ')}`);
  return {
    listener: (port) => (tls.includes(port) ? secure : plain.includes(port) ? server : undefined),
    requests: () => server.requests,
    kill: () => server.kill(),
  };
}

/** The same server behind TLS. */
function overTls(context: ContainerContext, server: GrpcServer): Workload {
  const shown = certificateOf(context, undefined);
  return {
    get certificate() {
      return shown().certPem;
    },
    get key() {
      return shown().keyPem;
    },
    grpc: (request, response) => server.grpc(request, response),
  };
}

function portsOf(context: ContainerContext): { plain: readonly number[]; tls: readonly number[] } {
  const { image, behaviour } = context;
  const known = Object.keys(IMAGES).find((glob) => globToRegExp(glob).test(imageName(image)));
  const own = known === undefined ? { plain: declaredOr(context), tls: [] } : (IMAGES[known] ?? { plain: [], tls: [] });
  return { plain: behaviour.ports ?? own.plain, tls: behaviour.tls ?? own.tls };
}

function declaredOr(context: ContainerContext): readonly number[] {
  const declared = declaredPorts(context);
  return declared.length > 0 ? declared : [USUAL_PORT];
}
