/** What the charts of the topic page share: they are as wide as their place, so that words in them stay readable. */
import type { ComponentChildren, Ref } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

export const MARGIN = { top: 18, right: 12, bottom: 28, left: 46 };

export interface Frame {
  width: number;
  height: number;
}

interface ChartProps {
  height: number;
  most?: number;
  label: string;
  drawing: Ref<SVGSVGElement>;
  children: (frame: Frame) => ComponentChildren;
}

export function Chart({ height, most = 1200, label, drawing, children }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.min(most, Math.floor(entry!.contentRect.width))));
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, [most]);
  return (
    <div ref={place} class="chart">
      {width > 0 && (
        <svg
          ref={drawing}
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          role="img"
          aria-label={label}
        >
          {children({ width, height })}
        </svg>
      )}
    </div>
  );
}

/** A round number at or above a value, whose quarters are round as well. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return power * ([1, 2, 4, 8, 10].find((each) => each * power >= value) ?? 10);
}
