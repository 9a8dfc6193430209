/** The map on a canvas, by Cytoscape: drawn from the layout, moved and zoomed by mouse, touch and keyboard. */
import cytoscape, { type Core, type ElementDefinition, type StylesheetJson } from "cytoscape";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { shortened } from "../words";
import type { MapLayout } from "./layout";
import { type Tones, toneOf, tones } from "./tones";

const NAMED = 40;
const ZOOM = 1.4;
const PADDING = 10;
const DARK = matchMedia("(prefers-color-scheme: dark)");

export interface CanvasProps {
  layout: MapLayout;
  brand: string | null;
  person: string | null;
  onPerson: (id: string) => void;
  map: RefObject<Core | null>;
}

export function Canvas({ layout, brand, person, onPerson, map }: CanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const open = useRef(onPerson);
  open.current = onPerson;

  useEffect(() => {
    performance.mark("map-begins");
    const core = drawn(box.current!, layout);
    map.current = core;
    core.on("tap", "node.person", (event) => open.current(event.target.id()));
    core.one("render", () => {
      performance.measure("map", "map-begins");
      box.current?.setAttribute("data-drawn", String(layout.spots.length));
    });
    const recolour = () => core.style(sheet(tones()));
    DARK.addEventListener("change", recolour);
    return () => {
      DARK.removeEventListener("change", recolour);
      map.current = null;
      core.destroy();
    };
  }, [layout, map]);

  useEffect(() => {
    const core = map.current;
    core?.batch(() => {
      core.nodes(".person").removeClass("faint");
      if (brand)
        core
          .nodes(".person")
          .filter((node) => !node.data("brands").includes(brand))
          .addClass("faint");
    });
  }, [brand, layout, map]);

  useEffect(() => {
    const core = map.current;
    core?.nodes(".chosen").removeClass("chosen");
    if (person) core?.getElementById(person).addClass("chosen");
  }, [person, layout, map]);

  const zoom = (key: "+" | "-" | "0") => {
    const core = map.current;
    if (!core) return;
    if (key === "0") core.fit(undefined, PADDING);
    else {
      const middle = { x: core.width() / 2, y: core.height() / 2 };
      core.zoom({ level: core.zoom() * (key === "+" ? ZOOM : 1 / ZOOM), renderedPosition: middle });
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const core = map.current;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!core) return;
    if (step) {
      const at = layout.spots.findIndex(({ member }) => member.person.id === person);
      const next = layout.spots[(at + step + layout.spots.length) % layout.spots.length];
      if (next) onPerson(next.member.person.id);
    } else if (event.key === "+" || event.key === "-" || event.key === "0") zoom(event.key);
    else return;
    event.preventDefault();
  };

  // a wheel zooms a map that somebody is in, and scrolls the page past any other
  const inside = (there: boolean) => () => map.current?.userZoomingEnabled(there);

  return (
    <div class="map-frame">
      <div
        ref={box}
        class="map-canvas"
        role="application"
        tabIndex={0}
        aria-label={`Map of ${layout.spots.length} people in ${layout.regions.length} communities. Arrows go from person to person, plus and minus zoom, 0 shows all. The same is listed below.`}
        onKeyDown={onKeyDown}
        onFocus={inside(true)}
        onBlur={inside(false)}
      />
      <div class="zoom">
        <button type="button" aria-label="Zoom in" onClick={() => zoom("+")}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => zoom("-")}>
          −
        </button>
        <button type="button" onClick={() => zoom("0")}>
          All
        </button>
      </div>
    </div>
  );
}

function drawn(container: HTMLElement, layout: MapLayout): Core {
  forgoSheet();
  return cytoscape({
    container,
    elements: elements(layout),
    style: sheet(tones()),
    layout: { name: "preset", fit: true, padding: PADDING },
    minZoom: 0.1,
    maxZoom: 8,
    autoungrabify: true,
    autounselectify: true,
    boxSelectionEnabled: false,
    userZoomingEnabled: false,
    hideEdgesOnViewport: true,
    textureOnViewport: true,
    pixelRatio: "auto",
  });
}

/** Cytoscape would put a style element of its own into the page, which the page's policy forbids. What it would say is
 * in map.css; where something has its id, it puts none. */
function forgoSheet(): void {
  const id = "__________cytoscape_stylesheet";
  if (document.getElementById(id)) return;
  const stand = document.createElement("template");
  stand.id = id;
  document.head.append(stand);
}

function elements({ regions, spots, spans }: MapLayout): ElementDefinition[] {
  const places = new Map(regions.map(({ community }, place) => [community.id, place]));
  const named = new Set([...spots].sort((one, other) => other.r - one.r).slice(0, NAMED));
  return [
    ...regions.map(({ community, x, y, r }, place) => ({
      group: "nodes" as const,
      classes: "region",
      data: { id: `region ${community.id}`, size: 2 * r, label: shortened(community.label, 34), tone: place },
      position: { x, y },
      selectable: false,
    })),
    ...spans.map(({ personId, communityId, strength }) => ({
      group: "edges" as const,
      classes: "span",
      data: { source: personId, target: `region ${communityId}`, width: Math.min(6, 0.6 + Math.sqrt(strength)) },
    })),
    ...spots.map((spot) => ({
      group: "nodes" as const,
      classes: `person ${spot.member.role.toLowerCase()}`,
      data: {
        id: spot.member.person.id,
        size: 2 * spot.r,
        label: named.has(spot) || spot.member.role === "HUB" ? spot.member.person.name : "",
        name: spot.member.person.name,
        brands: spot.member.brandIds,
        tone: places.get(spot.member.communityId) ?? 0,
      },
      position: { x: spot.x, y: spot.y },
    })),
  ];
}

function sheet(tone: Tones): StylesheetJson {
  return [
    {
      selector: "node",
      style: {
        width: "data(size)",
        height: "data(size)",
        "font-family": "Source Sans 3 Variable, sans-serif",
        color: tone.ink,
        "background-color": (node) => toneOf(tone, node.data("tone")),
      },
    },
    {
      selector: ".region",
      style: {
        "background-opacity": 0.1,
        "border-width": 1,
        "border-color": (node) => toneOf(tone, node.data("tone")),
        "border-opacity": 0.6,
        label: "data(label)",
        "font-size": 16,
        "text-valign": "top",
        "text-margin-y": -2,
        "text-background-color": tone.ground,
        "text-background-opacity": 0.8,
        "min-zoomed-font-size": 7,
        events: "no",
        "z-index": 0,
      },
    },
    {
      selector: ".person",
      style: {
        "background-opacity": 0.75,
        label: "data(label)",
        "font-size": 9,
        "text-outline-color": tone.ground,
        "text-outline-width": 1.5,
        "min-zoomed-font-size": 7,
        "text-valign": "center",
        "z-index": 2,
      },
    },
    { selector: ".peripheral", style: { "background-opacity": 0.35 } },
    { selector: ".connector", style: { shape: "diamond" } },
    { selector: ".hub", style: { "border-width": 2.5, "border-color": tone.ink, "font-weight": 600 } },
    {
      selector: ".span",
      style: {
        width: "data(width)",
        "line-color": tone.edge,
        "line-style": "dashed",
        "curve-style": "straight",
        opacity: 0.45,
        events: "no",
        "z-index": 1,
      },
    },
    { selector: ".faint", style: { "background-opacity": 0.08, "border-opacity": 0.1, "text-opacity": 0 } },
    {
      selector: ".chosen",
      style: {
        "border-width": 4,
        "border-color": tone.accent,
        "border-opacity": 1,
        label: "data(name)",
        "font-size": 14,
        "min-zoomed-font-size": 0,
        "text-opacity": 1,
        "z-index": 9,
      },
    },
  ] as StylesheetJson;
}
