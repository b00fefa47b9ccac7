// The one-file map: its data stands in the page.
import { readBorders } from "./borders";
import type { MapData } from "./data";
import { dayOf, longDate } from "./dates";
import { get } from "./dom";
import { fileArchive } from "./dossier";
import { Model } from "./model";
import { allowWorkers } from "./trusted";
import { Workspace } from "./workspace";

function describe(data: MapData): void {
  const on = dayOf(data.made.asked.on);
  const known = dayOf(data.made.asked.known);
  const parts = [
    known === null ? "From all reports read" : `As known on ${longDate(known)}`,
    on === null ? null : `up to ${longDate(on)}`,
    `${data.places.length + data.unplaced.length} places, ${Object.keys(data.claims).length} claims, ${Object.keys(data.reports).length} reports`,
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
  const countries = JSON.parse(get("countries").textContent) as Record<string, string>;
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
  const model = new Model(data, countries);
  new Workspace(model, {
    archive: fileArchive(data, (id) => model.byId.get(id)?.data),
    worker: URL.createObjectURL(new Blob([get("worker-code").textContent], { type: "text/javascript" })),
    tiles: tiles?.url ?? null,
    anyDay: false,
    know: (known) => model.know(known),
  });
  document.documentElement.dataset.ready = "yes";
}

main();
