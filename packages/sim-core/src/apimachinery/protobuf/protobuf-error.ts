/** What an object says of itself, or an endpoint of what it takes. */
export interface TypeMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Bytes that are not the protobuf of an object, in the words of Go's generated decoders and of the API server's serializer. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
  /** What the object said of itself, when the error came after that. */
  readonly typeMeta: TypeMeta | undefined;

  constructor(message: string, typeMeta?: TypeMeta) {
    super(message);
    this.typeMeta = typeMeta;
  }
}
