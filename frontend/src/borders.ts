// Countries for the base map (Natural Earth through world-atlas, built by build.mjs).
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

type Collection = GeoJSON.FeatureCollection;

export interface Borders {
  land: Collection;
  /** Lines between countries, and lines between land and water. */
  inner: Collection;
  coast: Collection;
  /** A point for each country's name; `size` is its largest part in square degrees. */
  names: Collection;
}

type Atlas = Topology<{ countries: GeometryCollection<{ name: string; label: [number, number, number] }> }>;

let read: Borders | null = null;

/** To be called once, with the text of borders.json, before the map is made. */
export function readBorders(text: string): void {
  read = shape(JSON.parse(text) as Atlas);
}

export function borders(): Borders {
  if (!read) throw new Error("the borders have not been read");
  return read;
}

function shape(topology: Atlas): Borders {
  const { countries } = topology.objects;
  const lines = (inner: boolean): Collection => {
    const { coordinates } = mesh(topology, countries, (a, b) => (a !== b) === inner);
    return collection([{ type: "MultiLineString", coordinates: coordinates.map(unwrap) }]);
  };
  const shapes = feature(topology, countries).features;
  return {
    land: collection(shapes.map(({ geometry }) => ({ type: "MultiPolygon", coordinates: polygons(geometry) }))),
    inner: lines(true),
    coast: lines(false),
    names: {
      type: "FeatureCollection",
      features: shapes.map(({ properties: { name, label } }) => ({
        type: "Feature",
        properties: { name, size: label[2] },
        geometry: { type: "Point", coordinates: label.slice(0, 2) },
      })),
    },
  };
}

function collection(geometries: GeoJSON.Geometry[]): Collection {
  const features = geometries.map((geometry) => ({ type: "Feature" as const, properties: {}, geometry }));
  return { type: "FeatureCollection", features };
}

function polygons(geometry: GeoJSON.Geometry): GeoJSON.Position[][][] {
  if (geometry.type === "Polygon") return [geometry.coordinates.map(ring)];
  return geometry.type === "MultiPolygon" ? geometry.coordinates.map((polygon) => polygon.map(ring)) : [];
}

/** A ring that goes once round the pole (Antarctica's) is closed along the bottom of the map. */
function ring(points: GeoJSON.Position[]): GeoJSON.Position[] {
  const line = unwrap(points);
  const [first, last] = [line[0]!, line.at(-1)!];
  if (Math.abs(first[0]! - last[0]!) < 180) return line;
  return [...line, [last[0]!, -90], [first[0]!, -90], first];
}

/** In the atlas a line jumps from 180° to -180°; here it runs on past 180°, which MapLibre draws on both sides. */
function unwrap(points: GeoJSON.Position[]): GeoJSON.Position[] {
  let shift = 0;
  let before = points[0]![0]!;
  return points.map(([lon, lat]) => {
    if (lon! - before > 180) shift -= 360;
    else if (before - lon! > 180) shift += 360;
    before = lon!;
    return [lon! + shift, lat!];
  });
}
