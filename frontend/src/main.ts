// The one-file map: its data stands in the page.
import { onAddress } from "./address";
import { readBorders } from "./borders";
import type { MapData } from "./data";
import { dayOf, longDate } from "./dates";
import { get } from "./dom";
import { fileArchive } from "./dossier";
import { FileShelf } from "./fileshelf";
import { Model } from "./model";
import { Tables } from "./tables";
import { allowWorkers } from "./trusted";
import { Views } from "./views";
import { Workspace } from "./workspace";

const VIEWS = ["map", "tables"] as const;

function describe(data: MapData): void {
  const on = dayOf(data.made.asked.on);
  const known = dayOf(data.made.asked.known);
  const number = (count: number): string => count.toLocaleString("en-GB");
  const parts = [
    known === null ? "From all reports read" : `As known on ${longDate(known)}`,
    on === null ? null : `up to ${longDate(on)}`,
    `${number(data.places.length + data.unplaced.length)} places, ${number(Object.keys(data.claims).length)} claims, ${number(Object.keys(data.reports).length)} reports`,
    data.made.program,
  ];
  get("made").textContent = parts.filter((part) => part !== null).join(" · ");
}

function dialog(): void {
  const about = get<HTMLDialogElement>("about");
  get("about-open").addEventListener("click", () => {
    const text = get("licences");
    if (text.childElementCount === 0 && text.textContent === "") {
      text.textContent = JSON.parse(get("licence-text").textContent) as string;
    }
    about.showModal();
  });
  get("about-close").addEventListener("click", () => about.close());
}

function main(): void {
  allowWorkers((url) => url.startsWith("blob:"));
  const data = JSON.parse(get("data").textContent) as MapData;
  const tiles = JSON.parse(get("tiles").textContent) as { url: string; attribution: string } | null;
  readBorders(get("borders").textContent);
  describe(data);
  dialog();
  if (tiles) {
    get("attribution").textContent = tiles.attribution;
    get("attribution").hidden = false;
  }
  if (data.places.length + data.unplaced.length === 0) {
    document.body.classList.add("empty");
    get("empty").hidden = false;
  }
  const model = new Model(data);
  const workspace = new Workspace(model, {
    archive: fileArchive(data, (id) => model.byId.get(id)?.data),
    worker: URL.createObjectURL(new Blob([get("worker-code").textContent], { type: "text/javascript" })),
    tiles: tiles?.url ?? null,
    anyDay: false,
    know(known) {
      model.know(known);
      return true;
    },
  });
  parts(model, workspace);
  document.documentElement.dataset.ready = "yes";
}

/** The map and the tables, of which one is shown at a time. */
function parts(model: Model, workspace: Workspace): void {
  const openPlace = (id: string, claim?: string): void => {
    views.go("map");
    workspace.select(id, { focus: true, fly: true });
    if (claim !== undefined) workspace.showClaim(claim);
  };
  const place = (claim: string): string | undefined => model.data.claims[claim]?.place;
  const tables = new Tables(new FileShelf(model), {
    openPlace: (id) => openPlace(id),
    has: (id) => model.byId.has(id),
    openClaim: (claim) => openPlace(place(claim)!, claim),
    country: (code) => model.country(code) ?? code,
    actor: (id) => model.actors.get(id).name,
    of: () => ({ day: model.range?.last ?? null, known: dayOf(model.data.made.asked.known) }),
  });
  const views = new Views(VIEWS, (view) => {
    if (view === "map") return workspace.resize();
    workspace.rest();
    tables.open();
  });
  for (const view of VIEWS) get(`go-${view}`).addEventListener("click", () => views.go(view));
  onAddress(() => views.show());
  views.show();
}

main();
