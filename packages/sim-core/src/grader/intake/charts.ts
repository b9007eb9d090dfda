/** Folders that hold a Helm chart, by the Chart.yaml in them; '' for one at the top. */
export function chartFolders(paths: readonly string[]): string[] {
  return paths.filter((path) => /(^|\/)Chart\.ya?ml$/i.test(path)).map(folderOf);
}

/** Why a file that belongs to a chart is not used. */
export function ignoredByChart(path: string, charts: readonly string[]): string | undefined {
  const chart = charts.find((folder) => isPartOf(path, folder));
  if (chart === undefined) return undefined;
  const name = chart === '' ? '.' : chart;
  return `part of the Helm chart ${name}: render it first (helm template ${name} > rendered.yaml) and hand in rendered.yaml`;
}

function isPartOf(path: string, chart: string): boolean {
  const inside = chart === '' ? path : path.startsWith(`${chart}/`) ? path.slice(chart.length + 1) : undefined;
  return inside !== undefined && /^(templates|charts|crds)\/|^values[^/]*\.(ya?ml|json)$/i.test(inside);
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
