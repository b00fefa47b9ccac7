// The map itself: land, borders and names of countries, and a sign for each place. Only points, never areas of control.
import {
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type GeoJSONSource,
  type StyleSpecification,
} from "maplibre-gl";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Model, Place, State } from "./data";
import { calm, get, h, name } from "./dom";
import { draw, keyOf, lookOf, SIZE, strengthOfAge, type Look } from "./glyphs";
import { passes, type Actions, type View } from "./view";
import { flags, holder } from "./words";

type Collection = GeoJSON.FeatureCollection;
const NOTHING: Collection = { type: "FeatureCollection", features: [] };
const FONT = ["system-ui", "Segoe UI", "Noto Sans", "Arial", "sans-serif"];
const RATIO = 2;

const COLOURS = {
  light: { water: "#dce6ea", land: "#f7f4ec", border: "#b3aa98", coast: "#9fb2ba", country: "#8b8372", town: "#20252b", halo: "#fffdf8", chosen: "#111418" },
  dark: { water: "#0f1418", land: "#1f262c", border: "#4c5660", coast: "#33414a", country: "#7e8891", town: "#eceae5", halo: "#12161b", chosen: "#ffffff" },
};

/** Why there is no map; null where there can be one. */
export function noMapBecause(): string | null {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context ? null : "This browser cannot draw the map (it has no WebGL). The list of places and all evidence work without it.";
}

/** MapLibre's worker from the page's own text. */
export function startWorker(): void {
  const url = URL.createObjectURL(new Blob([get("worker-code").textContent], { type: "text/javascript" }));
  // MapLibre starts a classic worker, the only kind that works from a file's page, where the address ends so.
  setWorkerUrl(`${url}#worker.cjs`);
}

export class TownMap {
  private readonly map: MapLibre;
  private readonly looks = new Map<string, Look>();
  private readonly tip = get("tip");
  private states: State[] = [];
  private view: View | null = null;
  private loaded = false;

  constructor(
    private readonly model: Model,
    private readonly actions: Actions,
    private dark: boolean,
  ) {
    const map = new MapLibre({
      container: "map",
      style: style(dark),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      minZoom: 0.5,
      maxZoom: 12,
      ...this.start(),
    });
    this.map = map;
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new ScaleControl({ maxWidth: 110 }), "bottom-left");
    map.getCanvas().setAttribute("aria-label", "Map. The same places are in the list of places, which works with a keyboard.");
    map.setMissingStyleImageResolver((id) => this.picture(id));
    map.on("load", () => {
      this.loaded = true;
      this.paint();
    });
    map.on("idle", () => (document.documentElement.dataset.map = this.loaded ? "idle" : "busy"));
    map.on("click", (event) => this.actions.select(this.at(event.point), { focus: false }));
    map.on("mousemove", (event) => this.hover(event.point));
    map.on("mouseout", () => (this.tip.hidden = true));
    map.on("movestart", () => (this.tip.hidden = true));
    get("fit").addEventListener("click", () => map.fitBounds(bounds(model), { padding: 48, maxZoom: 8, animate: !calm() }));
    // For the console and the tests: where a place stands on the screen.
    Object.defineProperty(window, "whoholdsMap", { value: map });
  }

  show(states: State[], view: View): void {
    this.states = states;
    this.view = view;
    this.paint();
  }

  repaint(dark: boolean): void {
    this.dark = dark;
    this.map.setStyle(style(dark), { diff: true });
    this.paint();
  }

  /** Bring a place into view; never zooms out. */
  fly(place: Place): void {
    const { lat, lon } = place.data;
    if (lat === undefined || lon === undefined) return;
    const camera = { center: [lon, lat] as [number, number], zoom: Math.max(this.map.getZoom(), 6.5) };
    if (calm()) this.map.jumpTo(camera);
    else this.map.easeTo({ ...camera, duration: 600 });
  }

  /** After the panel has narrowed the map: the chosen place must not have slipped out of it. */
  keepInView(place: Place): void {
    const { lat, lon } = place.data;
    if (lat === undefined || lon === undefined) return;
    this.map.resize();
    const { x, y } = this.map.project([lon, lat]);
    const { clientWidth, clientHeight } = this.map.getContainer();
    const edge = 40;
    const inside = x > edge && y > edge && x < clientWidth - edge && y < clientHeight - edge;
    if (!inside) this.map.easeTo({ center: [lon, lat], animate: !calm(), duration: 400 });
  }

  private start(): object {
    const box = bounds(this.model);
    return { bounds: box, fitBoundsOptions: { padding: 48, maxZoom: 8 } };
  }

  private paint(): void {
    if (!this.loaded || !this.view) return;
    document.documentElement.dataset.map = "busy";
    const view = this.view;
    (this.map.getSource("places") as GeoJSONSource).setData({
      type: "FeatureCollection",
      features: this.states.filter(({ place }) => place.placed).map((state) => this.point(state, view)),
    });
    const chosen = view.place === null ? undefined : this.model.byId.get(view.place);
    (this.map.getSource("chosen") as GeoJSONSource).setData(chosen?.placed ? around(chosen) : NOTHING);
  }

  private point(state: State, view: View): GeoJSON.Feature {
    const { place } = state;
    const look = lookOf(state, this.model.actors, this.dark);
    const key = keyOf(look);
    this.looks.set(key, look);
    const passed = passes(state, view.filters);
    return {
      type: "Feature",
      geometry: { type: "Point", coordinates: [place.data.lon!, place.data.lat!] },
      properties: {
        id: place.data.id,
        name: place.data.name,
        look: key,
        opacity: passed ? strengthOfAge(state) : 0.1,
        label: passed ? Math.max(0.65, strengthOfAge(state)) : 0.15,
        // Those drawn last lie on top: fighting, then what is best supported.
        order: (state.spell?.fighting ? 10 : 0) + (passed ? 5 : 0) + (state.spell?.support ?? 0),
      },
    };
  }

  private async picture(key: string): Promise<void> {
    const look = this.looks.get(key);
    if (!look || this.map.hasImage(key)) return;
    const pixels = SIZE * RATIO;
    const picture = draw(look, RATIO).getContext("2d")!.getImageData(0, 0, pixels, pixels);
    this.map.addImage(key, picture, { pixelRatio: RATIO });
  }

  /** The place whose sign is nearest to a point of the screen, if one is near. */
  private at(point: { x: number; y: number }): string | null {
    if (!this.loaded) return null;
    const near = 8;
    const found = this.map.queryRenderedFeatures(
      [
        [point.x - near, point.y - near],
        [point.x + near, point.y + near],
      ],
      { layers: ["places"] },
    );
    const away = (feature: (typeof found)[number]): number => {
      const at = this.map.project((feature.geometry as GeoJSON.Point).coordinates as [number, number]);
      return Math.hypot(at.x - point.x, at.y - point.y);
    };
    const nearest = found.sort((a, b) => away(a) - away(b))[0];
    return nearest ? String(nearest.properties.id) : null;
  }

  private hover(point: { x: number; y: number }): void {
    const id = this.at(point);
    this.map.getCanvas().style.cursor = id === null ? "" : "pointer";
    const state = id === null ? undefined : this.states.find(({ place }) => place.data.id === id);
    this.tip.hidden = state === undefined;
    if (!state) return;
    const words = [holder(state, this.model.actors), ...flags(state)].join(", ");
    this.tip.replaceChildren(h("strong", {}, name(state.place.data.name)), h("span", {}, name(words)));
    const left = Math.min(point.x + 14, this.map.getContainer().clientWidth - this.tip.offsetWidth - 8);
    this.tip.style.transform = `translate(${Math.max(8, left)}px, ${point.y + 16}px)`;
  }
}

function bounds(model: Model): [number, number, number, number] {
  const places = model.places.filter(({ placed }) => placed);
  if (places.length === 0) return [-130, -45, 160, 65];
  const box: [number, number, number, number] = [180, 90, -180, -90];
  for (const { lat, lon } of places.map(({ data }) => ({ lat: data.lat!, lon: data.lon! }))) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

/** The chosen place as a point, and the line within which it lies where its position is only known roughly. */
function around(place: Place): Collection {
  const [lon, lat] = [place.data.lon!, place.data.lat!];
  const features: GeoJSON.Feature[] = [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [lon, lat] } }];
  if (place.data.radius_km) {
    // 111.2 km a degree on a sphere of 6371 km; at this size its error does not show.
    const high = place.data.radius_km / 111.2;
    const wide = high / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
    const ring = Array.from({ length: 73 }, (_, n) => {
      const angle = (n * Math.PI) / 36;
      return [lon + wide * Math.cos(angle), lat + high * Math.sin(angle)];
    });
    features.push({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ring } });
  }
  return { type: "FeatureCollection", features };
}

let borders: { land: Collection; lines: Collection; coast: Collection; names: Collection } | null = null;

function atlas(): NonNullable<typeof borders> {
  if (borders) return borders;
  const topology = JSON.parse(get("borders").textContent) as Topology<{
    countries: GeometryCollection<{ name: string; label: [number, number, number] }>;
  }>;
  const { countries } = topology.objects;
  const land = feature(topology, countries);
  const line = (inner: boolean): Collection => ({
    type: "FeatureCollection",
    features: [{ type: "Feature", properties: {}, geometry: mesh(topology, countries, (a, b) => (a !== b) === inner) }],
  });
  const names: Collection = {
    type: "FeatureCollection",
    features: land.features.map(({ properties }) => ({
      type: "Feature",
      properties: { name: properties.name, size: properties.label[2] },
      geometry: { type: "Point", coordinates: properties.label.slice(0, 2) },
    })),
  };
  borders = { land: land as Collection, lines: line(true), coast: line(false), names };
  return borders;
}

function style(dark: boolean): StyleSpecification {
  const colour = dark ? COLOURS.dark : COLOURS.light;
  const { land, lines, coast, names } = atlas();
  const source = (data: Collection) => ({ type: "geojson" as const, data, maxzoom: 9, tolerance: 0.3 });
  return {
    version: 8,
    sources: {
      land: source(land),
      lines: source(lines),
      coast: source(coast),
      names: source(names),
      places: { type: "geojson", data: NOTHING },
      chosen: { type: "geojson", data: NOTHING },
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": colour.water } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colour.land, "fill-antialias": false } },
      { id: "coast", type: "line", source: "coast", paint: { "line-color": colour.coast, "line-width": 0.8 } },
      {
        id: "borders",
        type: "line",
        source: "lines",
        layout: { "line-join": "round" },
        paint: { "line-color": colour.border, "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.6, 7, 1.6] },
      },
      {
        id: "countries",
        type: "symbol",
        source: "names",
        // Small countries wait until there is room: sizes are in square degrees.
        filter: [">=", ["get", "size"], ["step", ["zoom"], 40, 3, 8, 4.5, 1, 6, 0]],
        layout: {
          "text-field": ["get", "name"],
          "text-font": FONT,
          "text-size": ["interpolate", ["linear"], ["zoom"], 2, 10, 7, 15],
          "text-letter-spacing": 0.18,
          "text-transform": "uppercase",
          "text-max-width": 8,
          "symbol-sort-key": ["-", 0, ["get", "size"]],
        },
        paint: { "text-color": colour.country, "text-halo-color": colour.land, "text-halo-width": 1.2 },
      },
      {
        id: "within",
        type: "line",
        source: "chosen",
        filter: ["==", ["geometry-type"], "LineString"],
        paint: { "line-color": colour.chosen, "line-width": 1.2, "line-dasharray": [3, 3], "line-opacity": 0.7 },
      },
      {
        id: "places",
        type: "symbol",
        source: "places",
        layout: {
          "icon-image": ["get", "look"],
          "icon-size": ["interpolate", ["linear"], ["zoom"], 2, 0.45, 5, 0.8, 8, 1.05],
          "icon-allow-overlap": true,
          "text-field": ["get", "name"],
          "text-font": FONT,
          "text-size": ["interpolate", ["linear"], ["zoom"], 4, 11, 8, 13.5],
          "text-variable-anchor-offset": ["left", [1.1, 0], "right", [-1.1, 0], "top", [0, 1.1], "bottom", [0, -1.1]],
          "text-justify": "auto",
          "text-max-width": 9,
          "text-optional": true,
          "symbol-sort-key": ["get", "order"],
        },
        paint: {
          "icon-opacity": ["get", "opacity"],
          "text-opacity": ["get", "label"],
          "text-color": colour.town,
          "text-halo-color": colour.halo,
          "text-halo-width": 1.6,
        },
      },
      {
        id: "chosen",
        type: "circle",
        source: "chosen",
        filter: ["==", ["geometry-type"], "Point"],
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 2, 10, 5, 15, 8, 20],
          "circle-opacity": 0,
          "circle-stroke-width": 2.5,
          "circle-stroke-color": colour.chosen,
        },
      },
    ],
  };
}
