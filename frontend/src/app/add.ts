// Adding reports: drop files or paste a text, watch them being read, see the issues.
import { own } from "../data";
import { get, h, name } from "../dom";
import { ask, send, tell } from "./api";
import type { About, Job } from "./types";

const OVER: readonly Job["state"][] = ["done", "failed", "stopped"];
const MB = 1_000_000;

export class Adding {
  private readonly shown = new Map<string, HTMLElement>();
  private readonly following = new Set<string>();

  /** `read`: called when a job has brought something new. */
  constructor(
    private readonly about: About,
    private readonly doors: { openPlace(id: string): void; read(): void },
  ) {
    const { limits } = about;
    const drop = get("drop");
    const files = get<HTMLInputElement>("files");
    get("add-limits").textContent =
      `At most ${limits.files} files at a time, ${Math.round(limits.file_bytes / MB)} MB each, ${Math.round(limits.upload_bytes / MB)} MB together. ` +
      "They are read on this machine and go nowhere else.";
    files.addEventListener("change", () => {
      void this.upload([...(files.files ?? [])]);
      files.value = "";
    });
    // Without this a file that misses the box would replace the page.
    for (const type of ["dragover", "drop"]) window.addEventListener(type, (event) => event.preventDefault());
    drop.addEventListener("dragover", () => drop.classList.add("over"));
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      drop.classList.remove("over");
      void this.upload([...(event.dataTransfer?.files ?? [])]);
    });
    get<HTMLFormElement>("paste").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.paste(event.target as HTMLFormElement);
    });
    for (const id of ["files", "paste-submit"]) get<HTMLInputElement>(id).disabled = !about.write;
    get("add-closed").hidden = about.write;
  }

  open(): void {
    ask<Job[]>("/jobs").then(
      (jobs) => [...jobs].reverse().forEach((job) => this.follow(job)),
      (error: unknown) => this.say(String(error)),
    );
  }

  private say(words: string): void {
    get("add-status").textContent = words;
  }

  private async upload(files: File[]): Promise<void> {
    const { limits, write } = this.about;
    if (!write || files.length === 0) return;
    if (files.length > limits.files) return this.say(`These are ${files.length} files; at most ${limits.files} go at a time.`);
    const sum = files.reduce((size, file) => size + file.size, 0);
    if (sum > limits.upload_bytes) return this.say(`These are ${Math.round(sum / MB)} MB; at most ${Math.round(limits.upload_bytes / MB)} MB go at a time.`);
    const form = new FormData();
    for (const file of files) form.append("files", file, file.name);
    try {
      this.say("Sending …");
      const job = await send<Job>("/uploads", form, (part) => this.say(`Sending: ${Math.round(100 * part)}%`));
      this.say("");
      this.follow(job);
    } catch (error) {
      this.say(String(error));
    }
  }

  private async paste(form: HTMLFormElement): Promise<void> {
    const values = new FormData(form);
    const said = [...values].flatMap(([key, value]) => (typeof value === "string" && value.trim() !== "" ? [[key, value]] : []));
    try {
      const job = await tell<Job>("/reports", Object.fromEntries(said) as object);
      this.say("");
      form.reset();
      this.follow(job);
    } catch (error) {
      this.say(String(error));
    }
  }

  private follow(job: Job): void {
    this.draw(job);
    if (OVER.includes(job.state) || this.following.has(job.id)) return;
    this.following.add(job.id);
    const look = async (): Promise<void> => {
      try {
        const now = await ask<Job>(`/jobs/${job.id}`);
        this.draw(now);
        if (OVER.includes(now.state)) {
          this.following.delete(job.id);
          if (now.reports_new > 0) this.doors.read();
          return;
        }
      } catch (error) {
        this.say(String(error));
      }
      window.setTimeout(() => void look(), 500);
    };
    void look();
  }

  private draw(job: Job): void {
    const bar = h("progress", { aria: { label: `Reading ${job.files.join(", ").slice(0, 200)}` } });
    bar.max = Math.max(1, job.total ?? 1);
    if (job.total !== null || OVER.includes(job.state)) bar.value = OVER.includes(job.state) ? bar.max : job.done;
    const stop = (): void => void tell(`/jobs/${job.id}/stop`, {}).catch((error: unknown) => this.say(String(error)));
    const counts = `${job.reports_new} new, ${job.reports_known} known already, ${job.claims} claims`;
    const card = h(
      "li",
      { class: "job", data: { state: job.state } },
      h("p", {}, h("strong", {}, name(job.files.slice(0, 3).join(", ") + (job.files.length > 3 ? ` and ${job.files.length - 3} more` : ""))), ` – ${job.state}`),
      bar,
      h("p", { class: "small" }, counts),
      job.fault ? h("p", { class: "doubt" }, job.fault) : null,
      ...(OVER.includes(job.state) ? [] : [h("button", { type: "button", class: "chip", click: stop }, "Stop")]),
      job.places.length > 0 && job.state === "done" ? this.places(job) : null,
      job.issues.length > 0 ? issues(job) : null,
    );
    const before = this.shown.get(job.id);
    if (before) before.replaceWith(card);
    else get("jobs").prepend(card);
    this.shown.set(job.id, card);
  }

  private places({ places: ids, place_names: names }: Job): HTMLElement {
    const buttons = ids.slice(0, 12).map((id) => h("button", { type: "button", class: "link", click: () => this.doors.openPlace(id) }, name(own(names, id) ?? id)));
    return h("p", { class: "small" }, "New claims about: ", ...buttons.flatMap((button, n) => [...(n > 0 ? [", "] : []), button]), ids.length > 12 ? ` and ${ids.length - 12} more` : "");
  }
}

function issues(job: Job): HTMLElement {
  const rows = job.issues.map(({ severity, message, source, place }) =>
    h("li", {}, h("strong", {}, severity), " ", name([source, place].filter(Boolean).join(", ")), ": ", name(message)),
  );
  const box = h("details", {}, h("summary", {}, `${job.issues.length} ${job.issues.length === 1 ? "issue" : "issues"}`), h("ul", { class: "issues" }, ...rows));
  box.open = job.issues.length < 10;
  return box;
}
