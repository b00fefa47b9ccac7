// What the map is drawn with: land, borders, names of countries, and the layers for places.
import type { StyleSpecification } from "maplibre-gl";
import { borders } from "./borders";

export const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
// There is no server of glyphs: MapLibre draws letters with the fonts of the system.
const FONT = ["system-ui", "Segoe UI", "Noto Sans", "Arial", "sans-serif"];

const COLOURS = {
  light: {
    water: "#dce6ea",
    land: "#f7f4ec",
    border: "#b3aa98",
    coast: "#9fb2ba",
    country: "#8b8372",
    town: "#20252b",
    halo: "#fffdf8",
    chosen: "#111418",
  },
  dark: {
    water: "#0f1418",
    land: "#1f262c",
    border: "#4c5660",
    coast: "#33414a",
    country: "#7e8891",
    town: "#eceae5",
    halo: "#12161b",
    chosen: "#ffffff",
  },
};

/** Address of map tiles with {z}, {x} and {y}, of the user's own choice. */
export type Tiles = string | null;

/** `scale` makes the signs of places smaller when seen from afar, 0 to 1. */
export function baseStyle(dark: boolean, scale: number, tiles: Tiles): StyleSpecification {
  const colour = dark ? COLOURS.dark : COLOURS.light;
  const { land, inner, coast, names } = borders();
  const source = (data: GeoJSON.FeatureCollection) => ({ type: "geojson" as const, data, maxzoom: 9, tolerance: 0.3 });
  return {
    version: 8,
    sources: {
      land: source(land),
      inner: source(inner),
      coast: source(coast),
      names: source(names),
      ...(tiles ? { tiles: { type: "raster" as const, tiles: servers(tiles), tileSize: 256, maxzoom: 19 } } : {}),
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
        source: "inner",
        layout: { "line-join": "round" },
        paint: { "line-color": colour.border, "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.6, 7, 1.6] },
      },
      ...(tiles ? [{ id: "tiles", type: "raster" as const, source: "tiles" }] : []),
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
        // Below the signs, so that MapLibre sets the signs first and the names where they leave room.
        id: "place-names",
        type: "symbol",
        source: "places",
        layout: {
          "text-field": ["get", "name"],
          "text-font": FONT,
          "text-size": ["interpolate", ["linear"], ["zoom"], 4, 11, 8, 13.5],
          "text-variable-anchor": ["left", "right", "top", "bottom"],
          "text-radial-offset": ["get", "gap"],
          "text-justify": "auto",
          "text-max-width": 9,
          "text-padding": 1,
          "symbol-sort-key": ["-", 0, ["get", "order"]],
        },
        paint: {
          "text-opacity": ["get", "label"],
          "text-color": colour.town,
          "text-halo-color": colour.halo,
          "text-halo-width": 1.6,
        },
      },
      {
        id: "places",
        type: "symbol",
        source: "places",
        layout: {
          "icon-image": ["get", "look"],
          // A sign that stands for many does not shrink with its number in it.
          "icon-size": ["interpolate", ["linear"], ["zoom"], 2, ["case", ["has", "count"], 0.9, 0.45 * scale], 5, ["case", ["has", "count"], 0.9, 0.8 * scale], 9, ["case", ["has", "count"], 0.9, 1.05]],
          "icon-allow-overlap": true,
          "icon-padding": 0,
          "text-field": ["coalesce", ["get", "count"], ""],
          "text-font": FONT,
          "text-size": 11.5,
          "text-allow-overlap": true,
          "symbol-sort-key": ["get", "order"],
        },
        paint: { "icon-opacity": ["get", "opacity"], "text-opacity": ["get", "opacity"], "text-color": colour.town },
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

/** Some servers of tiles have several names, "{s}" in the address. */
function servers(tiles: string): string[] {
  return tiles.includes("{s}") ? ["a", "b", "c"].map((name) => tiles.replace("{s}", name)) : [tiles];
}
