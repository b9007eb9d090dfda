/** Where in the user's files something stands; line and column count from 1. */
export interface SourcePosition {
  file: string;
  line: number;
  column: number;
}

/** `Kind namespace/name` of an object, taken apart. */
export interface ObjectName {
  kind: string;
  namespace: string;
  name: string;
}
