// The map itself: land, borders and names of countries, and a sign for each place. Only points, never areas of control.
import {
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type GeoJSONSource,
  type StyleSpecification,
} from "maplibre-gl";
import { baseStyle, NOTHING } from "./basestyle";
import type { Model, Place, State } from "./data";
import { calm, get, h, name } from "./dom";
import { draw, keyOf, lookOf, sizeOf, strengthOfAge, type Look } from "./glyphs";
import { passes, type Actions, type View } from "./view";
import { flags, holder } from "./words";

type Collection = GeoJSON.FeatureCollection;
const RATIO = 2;

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
      style: this.style(),
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
    this.map.setStyle(this.style(), { diff: true });
    this.paint();
  }

  /** Bring a place into view; never zooms out. */
  fly(place: Place): void {
    this.map.resize();
    this.centre(place, Math.max(this.map.getZoom(), 6.5));
  }

  /** After the panel has opened: the chosen place must not have slipped out of the map or under the panel. */
  keepInView(place: Place): void {
    if (!place.placed) return;
    this.map.resize();
    const { x, y } = this.map.project([place.data.lon!, place.data.lat!]);
    const edge = 30;
    const inside = x > edge && y > edge && x < this.map.getContainer().clientWidth - edge && y < this.uncovered() - edge;
    if (!inside) this.centre(place, this.map.getZoom());
  }

  /** After the panel has closed. */
  resize(): void {
    this.map.resize();
  }

  private centre(place: Place, zoom: number): void {
    if (!place.placed) return;
    const offset: [number, number] = [0, (this.uncovered() - this.map.getContainer().clientHeight) / 2];
    this.map.easeTo({ center: [place.data.lon!, place.data.lat!], zoom, offset, animate: !calm(), duration: 600 });
  }

  /** How much of the map's height, from its top, no panel covers; all of it where the rest would be too little. */
  private uncovered(): number {
    const box = this.map.getContainer().getBoundingClientRect();
    const panel = get("panel").getBoundingClientRect();
    const over = panel.height > 0 && panel.left < box.right && panel.top < box.bottom;
    const free = over ? panel.top - box.top : box.height;
    return free < 80 ? box.height : free;
  }

  private style(): StyleSpecification {
    // Many signs must be smaller to stay apart.
    const count = this.model.places.length;
    return baseStyle(this.dark, count > 2000 ? 0.6 : count > 400 ? 0.8 : 1);
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
        name: short(place.data.name),
        look: key,
        opacity: passed ? strengthOfAge(state) : 0.1,
        label: passed ? Math.max(0.65, strengthOfAge(state)) : 0.15,
        // From the sign's middle to its name, in ems.
        gap: look.fighting || place.data.id === view.place ? 1.65 : 1.1,
        // Fighting first, then what is best supported: drawn on top, and named where there is no room for all names.
        order: (state.spell?.fighting ? 10 : 0) + (passed ? 5 : 0) + (state.spell?.support ?? 0),
      },
    };
  }

  private async picture(key: string): Promise<void> {
    const look = this.looks.get(key);
    if (!look || this.map.hasImage(key)) return;
    const pixels = sizeOf(look) * RATIO;
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
      { layers: ["places", "place-names"] },
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

/** Names can be as long as a report makes them; the map shows their beginning. */
function short(text: string): string {
  const points = Array.from(text);
  return points.length > 40 ? `${points.slice(0, 38).join("")}…` : text;
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
