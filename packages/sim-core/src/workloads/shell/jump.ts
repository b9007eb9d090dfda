/** `break`, `continue` and `return`: leaves loops, or a function with the status `levels`. */
export class Jump extends Error {
  readonly kind: 'break' | 'continue' | 'return';
  readonly levels: number;
  constructor(kind: 'break' | 'continue' | 'return', levels: number) {
    super(kind);
    this.kind = kind;
    this.levels = levels;
  }
}
