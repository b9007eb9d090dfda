import { testExercise } from '../../grading/test-exercise.ts';
import { nodeCertificates } from '../../host/certificates.ts';
import type { Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { openSoundExercise } from './exercise-on-disk.ts';

/** `exercise test <exercise> …`: grades what exercises bring along. @returns the exit code */
export async function testCommand(names: readonly string[], isJson: boolean, output: Output): Promise<number> {
  if (names.length === 0) throw new CliError(EXIT.usage, 'exercise test needs an exercise: its folder, or its name');
  let failed = 0;
  for (const name of names) {
    const { disk, library } = openSoundExercise(name);
    const machine = { certificates: nodeCertificates, wallNow: Date.now };
    for await (const { name: answer, result, complaints } of testExercise(library, disk, machine)) {
      if (complaints.length > 0) failed++;
      const { score, max } = result;
      if (isJson) output.out(JSON.stringify({ exercise: name, answer, score, max, complaints }));
      else {
        output.out(`${complaints.length === 0 ? 'ok    ' : 'FAILED'} ${name} ${answer}: ${score} of ${max}`);
        for (const complaint of complaints) output.out(`         ${complaint}`);
      }
    }
  }
  if (!isJson) output.out(failed === 0 ? 'everything is graded as it should be' : `${failed} answers are not`);
  return failed === 0 ? EXIT.ok : EXIT.refused;
}
