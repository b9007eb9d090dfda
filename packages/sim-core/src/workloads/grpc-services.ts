import { GRPC, type GrpcCall, type GrpcMethod, type GrpcService } from './grpc-server.ts';
import { join, numberField, readFields, textField } from './protobuf-text.ts';

/** How often a stream of grpcbin says the same. */
const TIMES = 10;

/** Sends back every message as it comes: calls of all four kinds are answered so. */
export const ECHO: GrpcMethod = Object.freeze({
  message: (message: Uint8Array, call: GrpcCall) => call.send(message),
  end: (call: GrpcCall) => call.finish(GRPC.OK),
});

/**
 * grpc.health.v1.Health. Which services an image registers nobody knows: every name is served.
 * @param isServing asked for each call
 */
export function health(isServing: (service: string) => boolean = () => true): GrpcService {
  const answer = (service: string) => numberField(1, isServing(service) ? 1 : 2);
  return (path) => {
    if (path === '/grpc.health.v1.Health/Check') return unary((request) => answer(textIn(request)));
    if (path !== '/grpc.health.v1.Health/Watch') return undefined;
    // Goes on until the client has seen enough.
    return { message: (message, call) => call.send(answer(textIn(message))), end: () => {} };
  };
}

/** What the images stand for that greet: grpcbin's hello.HelloService, and the examples of grpc. */
export const HELLO: GrpcService = (path) => {
  switch (path) {
    case '/helloworld.Greeter/SayHello':
      return unary((request) => textField(1, `Hello ${textIn(request)}`));
    case '/hello.HelloService/SayHello':
      return unary(reply);
    case '/hello.HelloService/LotsOfReplies':
      return { message: (message, call) => repeat(call, reply(message)), end: (call) => call.finish(GRPC.OK) };
    case '/hello.HelloService/LotsOfGreetings':
      return greetings();
    case '/hello.HelloService/BidiHello':
      return { message: (message, call) => call.send(reply(message)), end: (call) => call.finish(GRPC.OK) };
    default:
      return undefined;
  }
};

/** grpcbin.GRPCBin (moul/grpcbin, handler/grpcbin). */
export const GRPCBIN: GrpcService = (path) => {
  switch (path) {
    case '/grpcbin.GRPCBin/Empty':
      return unary(() => new Uint8Array());
    case '/grpcbin.GRPCBin/DummyUnary':
    case '/grpcbin.GRPCBin/DummyBidirectionalStreamStream':
      return ECHO;
    case '/grpcbin.GRPCBin/DummyServerStream':
      return { message: (message, call) => repeat(call, message), end: (call) => call.finish(GRPC.OK) };
    case '/grpcbin.GRPCBin/DummyClientStream':
      return unary((last) => last);
    case '/grpcbin.GRPCBin/SpecificError':
      return specificError();
    case '/grpcbin.GRPCBin/HeadersUnary':
      return unary((_request, call) => metadata(call.headers));
    default:
      return undefined;
  }
};

/** The first of several that knows the method. */
export function oneOf(...services: readonly GrpcService[]): GrpcService {
  return (path) => {
    for (const service of services) {
      const method = service(path);
      if (method !== undefined) return method;
    }
    return undefined;
  };
}

/** One answer to the last message that came; without one, to an empty one. */
function unary(answer: (request: Uint8Array, call: GrpcCall) => Uint8Array): GrpcMethod {
  let last = new Uint8Array();
  return {
    message: (message) => {
      last = message.slice();
    },
    end: (call) => {
      call.send(answer(last, call));
      call.finish(GRPC.OK);
    },
  };
}

function repeat(call: GrpcCall, message: Uint8Array): void {
  for (let i = 0; i < TIMES; i++) call.send(message);
}

/** HelloResponse */
function reply(request: Uint8Array): Uint8Array {
  return textField(1, `hello ${textIn(request) || 'noname'}`);
}

function greetings(): GrpcMethod {
  const names: string[] = [];
  return {
    message: (message) => {
      names.push(textIn(message) || 'noname');
    },
    end: (call) => {
      call.send(textField(1, `hello ${names.join(', ')}`));
      call.finish(GRPC.OK);
    },
  };
}

/** SpecificErrorRequest: code and reason. */
function specificError(): GrpcMethod {
  let [code, reason] = [0, ''];
  return {
    message: (message) => {
      const fields = readFields(message);
      code = Number(fields.get(1) ?? 0);
      reason = String(fields.get(2) ?? '');
    },
    end: (call) => call.finish(code, reason),
  };
}

/** HeadersMessage: a map from names to lists of values. */
function metadata(headers: readonly string[]): Uint8Array {
  const entries: Uint8Array[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const name = (headers[i] as string).toLowerCase();
    const values = textField(1, headers[i + 1] as string);
    entries.push(textField(1, join([textField(1, name), textField(2, values)])));
  }
  return join(entries);
}

/** Field 1 of a message. */
function textIn(message: Uint8Array): string {
  return String(readFields(message).get(1) ?? '');
}
