/**
 * Text with every `$(NAME)` that `lookup` knows filled in; unknown ones stay as they are, `$$` is one dollar sign
 * (k8s.io/kubernetes/third_party/forked/golang/expansion).
 */
export function expand(text: string, lookup: (name: string) => string | undefined): string {
  if (!text.includes('$')) return text;
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name?: string) => {
    if (name === undefined) return '$';
    return lookup(name) ?? whole;
  });
}
