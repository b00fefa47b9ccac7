// Many places that stand close together are drawn as one sign with their shares, until the map is near enough.
import Supercluster from "supercluster";
import type { Place } from "./data";

/** Up to so many places each is drawn by itself: they are meant to be seen, and few enough to be drawn. */
const FEW = 400;
const RADIUS = 36;
const NEAREST_ZOOM = 10;

export interface Group {
  /** Of the tree, where it stands for several places. */
  cluster: number | null;
  /** Numbers of its places, in the order they were given. */
  members: number[];
  at: [number, number];
}

type Box = [west: number, south: number, east: number, north: number];

/** The tree of clusters. Places never move, so it is built once; what the signs say is counted anew for each day. */
export class Clusters {
  private readonly tree: Supercluster<{ n: number }, object> | null = null;
  private readonly alone: Group[] = [];
  private readonly members = new Map<number, number[]>();

  constructor(places: Place[]) {
    const points = places.flatMap(({ placed, data }, n) => (placed ? [{ n, at: [data.lon!, data.lat!] as [number, number] }] : []));
    if (points.length <= FEW) {
      this.alone = points.map(({ n, at }) => ({ cluster: null, members: [n], at }));
      return;
    }
    this.tree = new Supercluster({ radius: RADIUS, maxZoom: NEAREST_ZOOM, minPoints: 2 });
    this.tree.load(
      points.map(({ n, at }) => ({ type: "Feature", properties: { n }, geometry: { type: "Point", coordinates: at } })),
    );
  }

  get clustered(): boolean {
    return this.tree !== null;
  }

  /** What is to be drawn in a part of the map at a zoom. */
  within(box: Box, zoom: number): Group[] {
    if (!this.tree) return this.alone;
    return this.tree.getClusters(box, Math.floor(zoom)).map(({ properties, geometry }) => {
      const at = geometry.coordinates as [number, number];
      if (!("cluster" in properties)) return { cluster: null, members: [(properties as { n: number }).n], at };
      const id = (properties as { cluster_id: number }).cluster_id;
      return { cluster: id, members: this.membersOf(id), at };
    });
  }

  /** The zoom at which a cluster falls apart. */
  opens(cluster: number): number {
    return this.tree ? this.tree.getClusterExpansionZoom(cluster) : 0;
  }

  private membersOf(id: number): number[] {
    let found = this.members.get(id);
    if (!found) {
      found = this.tree!.getLeaves(id, Infinity).map(({ properties }) => properties.n);
      this.members.set(id, found);
    }
    return found;
  }
}
