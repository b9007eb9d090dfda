/** An object's YAML without what the server keeps for itself, and how many lines that were. */
export interface Folded {
  readonly text: string;
  readonly hidden: number;
}

/** Fields of `metadata` that nobody writes. */
const KEPT_BY_SERVER = /^ {2}(managedFields|uid|resourceVersion|generation|creationTimestamp|selfLink):/;
const LAST_APPLIED = /^ {4}(kubectl\.kubernetes\.io\/last-applied-configuration|deployment\.kubernetes\.io\/revision):/;

/** Leaves out the server's own fields of `metadata`; each goes with the deeper lines below it. */
export function foldManaged(yaml: string): Folded {
  let isMetadata = false;
  let foldedBelow: number | undefined;
  const lines = yaml.split('\n');
  const shown = lines.filter((line) => {
    if (/^\S/.test(line)) isMetadata = line.startsWith('metadata:');
    const indent = line.search(/\S/);
    // A list stands as deep as the field that it belongs to.
    const isBelow =
      foldedBelow !== undefined && (indent < 0 || indent > foldedBelow || line.startsWith('- ', foldedBelow));
    if (isBelow) return false;
    foldedBelow = isMetadata && (KEPT_BY_SERVER.test(line) || LAST_APPLIED.test(line)) ? indent : undefined;
    return foldedBelow === undefined;
  });
  return { text: shown.join('\n'), hidden: lines.length - shown.length };
}
