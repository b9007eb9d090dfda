import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Output, PROGRAM } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { templateFiles } from './template.ts';

const NAME = /^[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** `exercise new <name> [folder]`: an exercise that passes its own test, to be changed. @returns the exit code */
export function newCommand([name = '', folder = name, ...more]: readonly string[], output: Output): number {
  if (!NAME.test(name) || more.length > 0) {
    throw new CliError(
      EXIT.usage,
      'exercise new needs a name of lower-case letters, digits and -, and perhaps a folder',
    );
  }
  if (existsSync(join(folder, 'exercise.yaml')))
    throw new CliError(
      EXIT.refused,
      `${folder} holds an exercise already\n  Name another folder: ${PROGRAM} exercise new ${name} my-${name}`,
    );
  try {
    for (const [path, text] of Object.entries(templateFiles(name))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  } catch (error) {
    throw new CliError(EXIT.environment, `cannot write to ${folder}: ${(error as Error).message}`);
  }
  output.out(`created ${folder}: the task in README.md, the checks in exercise.yaml`);
  output.out(`next: ${PROGRAM} exercise test ${folder}`);
  return EXIT.ok;
}
