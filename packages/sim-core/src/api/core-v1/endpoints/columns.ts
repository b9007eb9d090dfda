import type { Endpoints } from '../endpoints.ts';

const MAX = 3;

/** `10.244.1.2:80,10.244.2.3:80 + 2 more...`; every address with every port (`formatEndpoints`). */
export function formatEndpoints({ subsets = [] }: Endpoints): string {
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) =>
          addresses.map(({ ip }) => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)),
        ),
  );
  const shown = all.slice(0, MAX).join(',');
  return all.length > MAX ? `${shown} + ${all.length - MAX} more...` : shown || '<none>';
}
