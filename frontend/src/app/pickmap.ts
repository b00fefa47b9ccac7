// A small map with the places that a search found: a click takes one.
import { Map as MapLibre, NavigationControl, type GeoJSONSource } from "maplibre-gl";
import { baseStyle, NOTHING } from "../basestyle";
import { calm } from "../dom";
import { noMapBecause } from "../map";
import type { PlaceCandidate } from "./types";

export class PickMap {
  private readonly map: MapLibre | null = null;
  private loaded = false;
  private found: PlaceCandidate[] = [];

  /** `take` gets the number of the place that was clicked. */
  constructor(container: HTMLElement, tiles: string | null, take: (n: number) => void) {
    if (noMapBecause() !== null) {
      container.hidden = true;
      return;
    }
    const style = baseStyle(document.documentElement.dataset.dark === "true", 1, tiles);
    const layers = style.layers.filter((layer) => !("source" in layer) || !["places", "chosen"].includes(layer.source));
    const map = new MapLibre({
      container,
      style: { ...style, layers },
      attributionControl: false,
      dragRotate: false,
      fadeDuration: 0,
      maxZoom: 12,
      center: [20, 20],
      zoom: 1,
    });
    this.map = map;
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    map.getCanvas().setAttribute("aria-label", "Map of the places found. The same places are in the list above it.");
    map.on("load", () => {
      map.addLayer({
        id: "found",
        type: "circle",
        source: "places",
        paint: {
          "circle-radius": ["case", ["get", "chosen"], 9, 6],
          "circle-color": ["case", ["get", "chosen"], "#d55e00", "#0072b2"],
          "circle-stroke-color": "#ffffff",
          "circle-stroke-width": 2,
        },
      });
      map.on("click", "found", (event) => {
        const n: unknown = event.features?.[0]?.properties.n;
        if (typeof n === "number") take(n);
      });
      this.loaded = true;
      this.draw(-1);
    });
  }

  show(found: PlaceCandidate[], chosen: number): void {
    this.found = found;
    this.draw(chosen);
    const at = found.flatMap(({ lat, lon }) => (lat === null || lon === null ? [] : [[lon, lat] as [number, number]]));
    if (!this.map || at.length === 0) return;
    const [lons, lats] = [at.map(([lon]) => lon), at.map(([, lat]) => lat)];
    const one = chosen >= 0 ? found[chosen] : undefined;
    if (one?.lat != null && one.lon != null) this.map.easeTo({ center: [one.lon, one.lat], zoom: 7, animate: !calm() });
    else
      this.map.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], { padding: 30, maxZoom: 7, animate: !calm() });
  }

  close(): void {
    this.map?.remove();
  }

  private draw(chosen: number): void {
    if (!this.map || !this.loaded) return;
    const features = this.found.flatMap(({ lat, lon }, n): GeoJSON.Feature[] =>
      lat === null || lon === null
        ? []
        : [{ type: "Feature", properties: { n, chosen: n === chosen }, geometry: { type: "Point", coordinates: [lon, lat] } }],
    );
    (this.map.getSource("places") as GeoJSONSource).setData(features.length > 0 ? { type: "FeatureCollection", features } : NOTHING);
  }
}
