// The map itself: land, borders and names of countries, and a sign for each place. Only points, never areas of control.
import {
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type GeoJSONSource,
  type StyleSpecification,
} from "maplibre-gl";
import { baseStyle, NOTHING, type Tiles } from "./basestyle";
import { Clusters, type Group } from "./clusters";
import type { Place, State } from "./data";
import { calm, get, h, name } from "./dom";
import { crowdSize, draw, drawCrowd, sizeOf } from "./glyphs";
import type { Model } from "./model";
import { crowdWords, Signs } from "./signs";
import type { Actions, View } from "./view";
import { flags, holder } from "./words";

type Collection = GeoJSON.FeatureCollection;
type Box = [number, number, number, number];
/** Pixels of a sign for each pixel of the page: signs are drawn smaller than they are, so that one would be too few. */
const RATIO = devicePixelRatio > 1 ? 2 : 1.5;
/** How far beyond the window places are drawn, in parts of it: what a short move needs is there. */
const BEYOND = 0.3;
/** Of the map's height, in pixels: with less beside the panel a place cannot be shown there. */
const LITTLE = 160;

/** Why there is no map; null where there can be one. */
export function noMapBecause(): string | null {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context ? null : "This browser cannot draw the map (it has no WebGL). The list of places and all evidence work without it.";
}

/** MapLibre's worker, from an address of our own. */
export function startWorker(url: string): void {
  // MapLibre starts a classic worker, the only kind that works from a file's page, where the address ends so.
  setWorkerUrl(`${url}#worker.cjs`);
}

export interface Position {
  zoom: number;
  lat: number;
  lon: number;
}

export class TownMap {
  private readonly map: MapLibre;
  private readonly tip = get("tip");
  private readonly signs: Signs;
  /** On which pictures are drawn: a new one for each would cost more than the drawing. */
  private readonly easel = document.createElement("canvas");
  private clusters: Clusters;
  private states: State[] = [];
  private view: View | null = null;
  private loaded = false;
  private byReader = false;
  /** What is drawn now: a part of the map larger than the window, and the zoom step it was grouped for. */
  private drawn: { box: Box; zoom: number; groups: Group[] } | null = null;

  constructor(
    private readonly model: Model,
    private readonly actions: Actions,
    private dark: boolean,
    private readonly tiles: Tiles,
    position: Position | null,
    moved: (position: Position) => void,
  ) {
    this.clusters = new Clusters(model.places);
    this.signs = new Signs(model);
    const map = new MapLibre({
      container: "map",
      style: this.style(),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      // While names fade MapLibre does not set them anew in every frame, which is what costs most.
      fadeDuration: calm() ? 0 : 250,
      minZoom: 0.5,
      maxZoom: 12,
      ...(position ? { center: [position.lon, position.lat], zoom: position.zoom } : this.start()),
    });
    this.map = map;
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new ScaleControl({ maxWidth: 110 }), "bottom-left");
    map.getCanvas().setAttribute("aria-label", "Map. The same places are in the list of places, which works with a keyboard.");
    map.on("load", () => {
      this.loaded = true;
      this.paint();
    });
    map.on("idle", () => (document.documentElement.dataset.map = this.loaded ? "idle" : "busy"));
    map.on("move", () => this.regroup());
    // Only where the reader moved it: the address need not repeat what it led to.
    for (const act of ["wheel", "pointerdown", "keydown"]) {
      map.getContainer().addEventListener(act, () => (this.byReader = true), { capture: true, passive: true });
    }
    map.on("moveend", () => {
      const { lat, lng } = map.getCenter();
      if (this.byReader) moved({ zoom: map.getZoom(), lat, lon: lng });
    });
    map.on("click", (event) => this.click(event.point));
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

  /** After other places have come into the model. */
  reload(): void {
    this.clusters = new Clusters(this.model.places);
    this.drawn = null;
  }

  repaint(dark: boolean): void {
    this.dark = dark;
    this.map.setStyle(this.style(), { diff: true });
    this.paint();
  }

  /** Bring a place into view; never zooms out. */
  fly(place: Place): void {
    this.map.resize();
    this.expose(place);
    this.centre(place, Math.max(this.map.getZoom(), 6.5));
  }

  /** After the panel has opened: the chosen place must not have slipped out of the map or under the panel. */
  keepInView(place: Place): void {
    if (!place.placed) return;
    this.map.resize();
    this.expose(place);
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
    this.byReader = false;
    const offset: [number, number] = [0, (this.uncovered() - this.map.getContainer().clientHeight) / 2];
    this.map.easeTo({ center: [place.data.lon!, place.data.lat!], zoom, offset, animate: !calm(), duration: 600 });
  }

  /** In a narrow window the panel lies over the page: scroll, so that the map shows above it. */
  private expose(place: Place): void {
    if (place.placed && this.free() < LITTLE) this.map.getContainer().scrollIntoView({ block: "start" });
  }

  /** How much of the map's height, from its top, no panel covers; all of it where the rest would be too little. */
  private uncovered(): number {
    const free = this.free();
    return free < LITTLE ? this.map.getContainer().clientHeight : free;
  }

  private free(): number {
    const box = this.map.getContainer().getBoundingClientRect();
    const panel = get("panel").getBoundingClientRect();
    const over = panel.height > 0 && panel.left < box.right && panel.top < box.bottom;
    return over ? panel.top - Math.max(0, box.top) : box.height;
  }

  private style(): StyleSpecification {
    // Many signs must be smaller to stay apart.
    const count = this.model.places.length;
    return baseStyle(this.dark, this.clusters.clustered ? 0.85 : count > 150 ? 0.9 : 1, this.tiles);
  }

  private start(): object {
    const box = bounds(this.model);
    return { bounds: box, fitBoundsOptions: { padding: 48, maxZoom: 8 } };
  }

  private paint(): void {
    if (!this.loaded || !this.view) return;
    document.documentElement.dataset.map = "busy";
    const view = this.view;
    this.drawn ??= this.group();
    const features = this.signs.features(this.drawn.groups, this.states, view, this.dark);
    // Pictures first: a sign without one would have to be asked for.
    for (const { properties } of features) this.picture(properties!.look as string);
    (this.map.getSource("places") as GeoJSONSource).setData({ type: "FeatureCollection", features });
    const chosen = view.place === null ? undefined : this.model.byId.get(view.place);
    (this.map.getSource("chosen") as GeoJSONSource).setData(chosen?.placed ? around(chosen) : NOTHING);
  }

  private group(): { box: Box; zoom: number; groups: Group[] } {
    const zoom = Math.floor(this.map.getZoom());
    const { _sw: sw, _ne: ne } = this.map.getBounds();
    const [wide, high] = [BEYOND * (ne.lng - sw.lng), BEYOND * (ne.lat - sw.lat)];
    const box: Box = [sw.lng - wide, Math.max(-90, sw.lat - high), ne.lng + wide, Math.min(90, ne.lat + high)];
    return { box, zoom, groups: this.clusters.within(box, zoom) };
  }

  /** While the map moves: group again when it has left what is drawn. */
  private regroup(): void {
    if (!this.drawn || !this.clusters.clustered) return;
    const { box, zoom } = this.drawn;
    const { _sw: sw, _ne: ne } = this.map.getBounds();
    const inside = sw.lng >= box[0] && ne.lng <= box[2] && sw.lat >= box[1] && ne.lat <= box[3];
    if (inside && zoom === Math.floor(this.map.getZoom())) return;
    this.drawn = null;
    this.paint();
  }

  private picture(key: string): void {
    if (this.map.hasImage(key)) return;
    const look = this.signs.looks.get(key)!;
    const [canvas, size] = "shares" in look ? [drawCrowd(look, RATIO, this.easel), crowdSize(look)] : [draw(look, RATIO, this.easel), sizeOf(look)];
    const pixels = size * RATIO;
    this.map.addImage(key, canvas.getContext("2d")!.getImageData(0, 0, pixels, pixels), { pixelRatio: RATIO });
  }

  private click(point: { x: number; y: number }): void {
    const found = this.at(point);
    if (found && found.cluster !== null) {
      // Past the last zoom of the tree every place stands by itself.
      this.map.easeTo({ center: found.at, zoom: Math.min(12, this.clusters.opens(found.cluster)), animate: !calm(), duration: 500 });
    } else this.actions.select(found?.id ?? null, { focus: false });
  }

  /** The sign that is nearest to a point of the screen, if one is near. */
  private at(point: { x: number; y: number }): { id: string | null; cluster: number | null; at: [number, number] } | null {
    if (!this.loaded) return null;
    const near = 8;
    const found = this.map.queryRenderedFeatures(
      [
        [point.x - near, point.y - near],
        [point.x + near, point.y + near],
      ],
      { layers: ["places", "place-names"] },
    );
    const where = (feature: (typeof found)[number]): [number, number] => (feature.geometry as GeoJSON.Point).coordinates as [number, number];
    const away = (feature: (typeof found)[number]): number => {
      const at = this.map.project(where(feature));
      return Math.hypot(at.x - point.x, at.y - point.y);
    };
    const nearest = found.sort((a, b) => away(a) - away(b))[0];
    if (!nearest) return null;
    const { id, cluster } = nearest.properties as { id?: string; cluster?: number };
    return { id: id ?? null, cluster: cluster ?? null, at: where(nearest) };
  }

  private hover(point: { x: number; y: number }): void {
    const found = this.at(point);
    this.map.getCanvas().style.cursor = found === null ? "" : "pointer";
    if (found?.id != null) this.actions.glance(found.id);
    const [title, words] = found ? this.says(found.id, found.cluster) : ["", ""];
    this.tip.hidden = title === "";
    if (title === "") return;
    this.tip.replaceChildren(h("strong", {}, name(title)), h("span", {}, name(words)));
    const left = Math.min(point.x + 14, this.map.getContainer().clientWidth - this.tip.offsetWidth - 8);
    this.tip.style.transform = `translate(${Math.max(8, left)}px, ${point.y + 16}px)`;
  }

  private says(id: string | null, cluster: number | null): [string, string] {
    if (cluster !== null) {
      const members = this.drawn?.groups.find((group) => group.cluster === cluster)?.members ?? [];
      return [`${members.length} places`, crowdWords(members.map((n) => this.states[n]!), this.model)];
    }
    const place = id === null ? undefined : this.model.byId.get(id);
    if (!place || !this.view) return ["", ""];
    const state = this.model.stateOn(place, this.view.day);
    return [place.data.name, [holder(state, this.model.actors), ...flags(state)].join(", ")];
  }
}

function bounds(model: Model): Box {
  const places = model.places.filter(({ placed }) => placed);
  if (places.length === 0) return [-130, -45, 160, 65];
  const box: Box = [180, 90, -180, -90];
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
