/** Bytes that are not the protobuf of an object, in the words of Go's generated decoders and of the API server's serializer. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}
