/** Most different notices; after that everything has been said. */
const MOST_NOTICES = 1000;

/** Passes every notice on once. */
export function sayingOnce(notice: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    if (said.has(message) || said.size >= MOST_NOTICES) return;
    said.add(message);
    notice(message);
  };
}
