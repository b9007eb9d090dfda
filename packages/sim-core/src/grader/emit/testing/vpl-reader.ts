/** What Moodle's VPL takes from an evaluation: the last grade outside of comments, and the titles inside. */
export interface VplEvaluation {
  readonly grade: string | undefined;
  readonly titles: readonly string[];
  readonly comments: readonly string[];
}

/**
 * Reads an evaluation line by line, as VPL does: `<|--` and `--|>` stand alone on their lines, `Grade :=>>` and
 * `Comment :=>>` begin one, `-` begins a title, `>` a line that is taken as it is.
 * Source: https://vpl.dis.ulpgc.es/documentation/vpl-4.3.0/evaluator.html
 */
export function readVpl(text: string): VplEvaluation {
  let grade: string | undefined;
  let isComment = false;
  const titles: string[] = [];
  const comments: string[] = [];
  for (const line of text.split('\n')) {
    if (isComment && line.trim() === '--|>') isComment = false;
    else if (isComment && line.startsWith('-')) titles.push(line.slice(1));
    else if (isComment) comments.push(line);
    else if (line.trim() === '<|--') isComment = true;
    else if (line.startsWith('Grade :=>>')) grade = line.slice('Grade :=>>'.length).trim();
  }
  return { grade, titles, comments };
}
