/** How a shell was called. */
export interface Call {
  readonly script?: string;
  readonly file?: string;
  readonly options: readonly string[];
  readonly args: readonly string[];
  readonly interactive: boolean;
}

export function callOf(args: readonly string[]): Call {
  const options: string[] = [];
  let index = 0;
  let takesScript = false;
  for (; /^[-+]./.test(args[index] ?? ''); index++) {
    const arg = args[index] as string;
    if (arg === '--') {
      index++;
      break;
    }
    if (arg.startsWith('--')) continue;
    takesScript ||= arg.includes('c');
    options.push(...arg.slice(1).replace(/[cilso]/g, ''));
    if (arg.includes('o') && args[index + 1] === 'pipefail') options.push('pipefail');
    if (arg.includes('o')) index++;
  }
  const rest = args.slice(index);
  const interactive = options.includes('i');
  if (takesScript) return { script: rest[0] ?? '', args: rest.slice(1), options, interactive };
  return rest[0] === undefined
    ? { args: [], options, interactive }
    : { file: rest[0], args: rest.slice(1), options, interactive };
}
