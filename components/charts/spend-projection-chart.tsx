'use client';

import { type PointerEvent, useState } from 'react';
import type { BurnPoint, SpendBurn } from '#lib/charts/prepare-spend-projection.ts';
import { usdTickLabels } from '#lib/charts/tick-label.ts';
import { ChartTip } from './chart-tip.tsx';

type SpendProjectionChartProps = {
  readonly burn: SpendBurn;
  readonly timeZone: string;
  /** What the picture says, for those who do not see it. */
  readonly label: string;
};

/** Draws spend so far, dashed where it is heading, and its band. All decisions are in `prepareSpendProjection`. */
export function SpendProjectionChart({ burn, timeZone, label }: SpendProjectionChartProps) {
  const [hovered, setHovered] = useState<BurnPoint | null>(null);
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone });
  const { axisFromMs, axisToMs, axisMaxUsd, axisTicksUsd, dayTicksMs, points } = burn;
  const tickLabels = usdTickLabels(axisTicksUsd);
  const part = (atMs: number) => (atMs - axisFromMs) / (axisToMs - axisFromMs);
  const findPoint = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const at = (event.clientX - left) / Math.max(1, width);
    const distance = (point: BurnPoint) => Math.abs(part(point.atMs) - at);
    const [first] = points;
    if (first === undefined) return;
    setHovered(points.reduce((near, point) => (distance(point) < distance(near) ? point : near), first));
  };
  return (
    <div className="grid h-full grid-cols-[52px_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_20px]">
      <svg aria-hidden="true" className="size-full overflow-visible fill-faint text-xs">
        {axisTicksUsd.map((usd, index) => (
          <text key={usd} x="44" y={`${(1 - usd / axisMaxUsd) * 100}%`} dy="4" textAnchor="end">
            {tickLabels[index]}
          </text>
        ))}
      </svg>
      <div
        role="img"
        aria-label={label}
        className="relative"
        onPointerMove={findPoint}
        onPointerLeave={() => setHovered(null)}
      >
        <BurnLines burn={burn} part={part} hovered={hovered} />
        {hovered === null ? null : (
          <div
            style={
              part(hovered.atMs) < 0.5
                ? { left: `${part(hovered.atMs) * 100}%` }
                : { right: `${(1 - part(hovered.atMs)) * 100}%` }
            }
            className="pointer-events-none absolute top-0 z-10 mx-3"
          >
            <ChartTip title={hovered.title} lines={hovered.lines} />
          </div>
        )}
      </div>
      <svg aria-hidden="true" className="col-start-2 size-full overflow-visible fill-faint text-xs">
        {dayTicksMs.map((atMs, index) => (
          <text
            key={atMs}
            x={`${part(atMs) * 100}%`}
            y="16"
            textAnchor={index === 0 ? 'start' : 'middle'}
            className={index % 2 === 1 ? 'max-md:hidden' : undefined}
          >
            {day.format(atMs)}
          </text>
        ))}
      </svg>
    </div>
  );
}

type BurnLinesProps = {
  readonly burn: SpendBurn;
  /** Where an instant stands, 0 to 1. */
  readonly part: (atMs: number) => number;
  readonly hovered: BurnPoint | null;
};

function BurnLines({ burn, part, hovered }: BurnLinesProps) {
  const { points, axisMaxUsd, axisTicksUsd } = burn;
  const x = (point: BurnPoint) => Math.round(part(point.atMs) * 100_000) / 100;
  const y = (usd: number) => Math.round((1 - usd / axisMaxUsd) * 100_000) / 100;
  const line = (amountOf: (point: BurnPoint) => number | null) =>
    points
      .flatMap((point) => {
        const usd = amountOf(point);
        return usd === null ? [] : [`${x(point)} ${y(usd)}`];
      })
      .join('L');
  const upper = line(({ bandUsd }) => bandUsd?.[1] ?? null);
  const lower = points
    .flatMap((point) => (point.bandUsd === null ? [] : [`${x(point)} ${y(point.bandUsd[0])}`]))
    .toReversed()
    .join('L');
  const spent = line(({ spentUsd }) => spentUsd);
  const heading = line(({ p50Usd }) => p50Usd);
  const now = points.findLast(({ spentUsd }) => spentUsd !== null);
  const still = { vectorEffect: 'non-scaling-stroke', fill: 'none' } as const;
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 1000 1000"
      preserveAspectRatio="none"
      className="absolute inset-0 size-full overflow-visible"
    >
      {axisTicksUsd.map((usd) => (
        <path
          key={usd}
          d={`M0 ${y(usd)}H1000`}
          {...still}
          className={usd === 0 ? 'stroke-hairline-strong' : 'stroke-hairline'}
        />
      ))}
      {upper === '' ? null : <path d={`M${upper}L${lower}z`} className="fill-load" opacity="0.28" />}
      {now === undefined ? null : (
        <path d={`M${x(now)} 0V1000`} {...still} className="stroke-hairline-strong" />
      )}
      {heading === '' ? null : (
        <path
          d={`M${heading}`}
          {...still}
          strokeWidth="1.5"
          strokeDasharray="5 4"
          className="stroke-accent"
        />
      )}
      {spent === '' ? null : <path d={`M${spent}`} {...still} strokeWidth="2" className="stroke-accent" />}
      {hovered === null ? null : <path d={`M${x(hovered)} 0V1000`} {...still} className="stroke-control" />}
    </svg>
  );
}
