import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { TrafficPoint } from './traffic-history.ts';

/** A chart that is on the page. */
export interface Chart {
  show(points: readonly TrafficPoint[]): void;
  remove(): void;
}

const HEIGHT = 130;

/** Draws the chart of traffic into an element, as wide as that. */
export function drawChart(element: HTMLElement): Chart {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name).trim() || style.color;
  const axis = { stroke: style.color, grid: { show: false }, size: 34, font: '11px sans-serif' };
  const plot = new uPlot(
    {
      width: element.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false }, share: { range: (_plot, _low, high) => [0, Math.max(10, high)] } },
      axes: [
        { ...axis, values: (_plot, values) => values.map((value) => `${value} s`) },
        axis,
        { ...axis, scale: 'share', side: 1, size: 46, values: (_plot, values) => values.map((value) => `${value} %`) },
      ],
      series: [
        {},
        { label: 'requests/s', stroke: colour('--chart-rate'), width: 2 },
        { label: 'failed/s', stroke: colour('--chart-error'), width: 2, dash: [3, 3] },
        { label: 'canary', scale: 'share', stroke: colour('--chart-share'), width: 2, dash: [8, 3] },
      ],
    },
    [[], [], [], []],
    element,
  );
  return {
    show: (points) => {
      const now = points.at(-1)?.at ?? 0;
      plot.setData([
        points.map(({ at }) => Math.round((at - now) / 1000)),
        points.map(({ rate }) => rate),
        points.map(({ errors }) => errors),
        points.map(({ share }) => (share === null ? null : share * 100)),
      ]);
    },
    remove: () => plot.destroy(),
  };
}
