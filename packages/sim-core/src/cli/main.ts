import { version } from '../version.ts';

/** @param argv - the arguments behind the program's name. Resolves to the exit code. */
export async function main(argv: string[]): Promise<number> {
  if (argv.length === 0 || argv[0] === 'version' || argv[0] === '--version') {
    console.log(version);
    return 0;
  }
  console.error(`Unknown command: ${argv[0]}`);
  return 2;
}
