import { GrpcServer } from '../grpc-server.ts';
import { health } from '../grpc-services.ts';
import { text } from '../http-answer.ts';
import { flagValue, listenPort } from '../http-program.ts';
import { HttpServer } from '../http-server.ts';
import type { ContainerContext, RunningProgram } from '../program.ts';
import { pathOf } from '../request.ts';

/**
 * `agnhost grpc-health-checking`: grpc.health.v1.Health on port 5000; `/make-serving` and `/make-not-serving` on port 8080 switch what it
 * says (kubernetes test/images/agnhost/grpc-health-checking).
 */
export function startGrpcHealth(context: ContainerContext): RunningProgram {
  const { argv, clock } = context;
  let isServing = true;
  const grpc = new GrpcServer(
    context,
    health(() => isServing),
  );
  const http = new HttpServer(context, ({ url }) => {
    const path = pathOf(url);
    if (path !== '/make-serving' && path !== '/make-not-serving') return text(404, '404 page not found\n');
    isServing = path === '/make-serving';
    return text(200, isServing ? 'Mark as serving' : 'Mark as not serving');
  });
  const delay = Number(flagValue(argv, 'delay-unhealthy-sec') ?? -1);
  if (delay >= 0)
    clock.after(delay * 1000, () => {
      isServing = false;
    });
  const port = listenPort(flagValue(argv, 'port'), 5000);
  const httpPort = listenPort(flagValue(argv, 'http-port'), 8080);
  context.log(`Started grpc-health-checking on port ${port}`);
  return {
    listener: (dialled) => (dialled === port ? grpc : dialled === httpPort ? http : undefined),
    requests: () => grpc.requests + http.requests,
    stop: (done) => http.stop(done),
    kill: () => {
      grpc.kill();
      http.kill();
    },
  };
}
