// The signs for places, drawn on a canvas: the same for the map, the legend and the list.
import type { Actors } from "./actors";
import type { State } from "./data";

export interface Look {
  square: boolean;
  status: "held" | "vacated" | "unknown";
  colours: string[];
  letter: string;
  /** 0 to 4: fifths of support. */
  strength: number;
  fighting: boolean;
  disputed: boolean;
  divided: boolean;
  /** Nobody has said for long who has it: the holder's colour as a ring only. */
  stale: boolean;
  dark: boolean;
}

/** Several places in one sign: how many parts of TWELFTHS each colour has; what is left over is hollow. */
export interface Crowd {
  shares: [colour: string, parts: number][];
  fighting: boolean;
  /** 0 to 2. */
  size: number;
  dark: boolean;
}

export const TWELFTHS = 12;

const R = 9;

/** Side of the drawing in CSS pixels, no larger than it must be: MapLibre keeps names off all of it. */
export function sizeOf(look: Look): number {
  return look.fighting ? 38 : 24;
}

export function lookOf(state: State, actors: Actors, dark: boolean): Look {
  const { spell, place } = state;
  const holders = state.status === "held" && spell ? spell.holders.map((id) => actors.get(id)) : [];
  return {
    square: place.data.type !== "settlement" && place.data.type !== "part",
    status: holders.length > 0 ? "held" : state.status === "vacated" ? "vacated" : "unknown",
    colours: holders.slice(0, 4).map((actor) => actor.colour),
    letter: holders.length === 1 ? holders[0]!.letter : "",
    strength: Math.max(0, Math.min(4, Math.floor((spell?.support ?? 0) * 5))),
    fighting: spell?.fighting ?? false,
    disputed: spell?.disputed ?? false,
    divided: spell?.divided ?? false,
    stale: state.stale,
    dark,
  };
}

/** Names the look: equal looks have equal keys. */
export function keyOf(look: Look): string {
  return JSON.stringify(look);
}

export function draw(look: Look, ratio: number, on?: HTMLCanvasElement): HTMLCanvasElement {
  const { canvas, pen, paper, ink } = easel(sizeOf(look), ratio, look.dark, on);

  if (look.fighting) burst(pen, paper, ink);
  outline(pen, look.square, R + 2);
  pen.fillStyle = paper;
  pen.fill();
  if (look.status === "held") {
    if (!look.stale) fill(pen, look, paper);
    edge(pen, look);
  } else {
    hollow(pen, look);
  }
  if (look.letter) letter(pen, look, paper, ink);
  return canvas;
}

function easel(
  size: number,
  ratio: number,
  dark: boolean,
  canvas = document.createElement("canvas"),
): { canvas: HTMLCanvasElement; pen: CanvasRenderingContext2D; paper: string; ink: string } {
  canvas.width = canvas.height = size * ratio;
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  pen.scale(ratio, ratio);
  pen.translate(size / 2, size / 2);
  return { canvas, pen, paper: dark ? "#12161b" : "#ffffff", ink: dark ? "#f3f1ec" : "#1b2026" };
}

const CROWD_RADIUS = [13, 17, 21];

export function crowdSize(crowd: Crowd): number {
  return 2 * (CROWD_RADIUS[crowd.size]! + 6);
}

/** A ring of shares around room for a number. */
export function drawCrowd(crowd: Crowd, ratio: number, on?: HTMLCanvasElement): HTMLCanvasElement {
  const { canvas, pen, paper, ink } = easel(crowdSize(crowd), ratio, crowd.dark, on);
  const r = CROWD_RADIUS[crowd.size]!;
  const disc = (radius: number, fill: string): void => {
    pen.beginPath();
    pen.arc(0, 0, radius, 0, 2 * Math.PI);
    pen.fillStyle = fill;
    pen.fill();
  };
  if (crowd.fighting) {
    pen.strokeStyle = ink;
    pen.lineWidth = 2;
    pen.setLineDash([2, 2.4]);
    pen.beginPath();
    pen.arc(0, 0, r + 4, 0, 2 * Math.PI);
    pen.stroke();
    pen.setLineDash([]);
  }
  disc(r + 1.5, paper);
  let from = -Math.PI / 2;
  for (const [colour, parts] of crowd.shares) {
    const to = from + (parts / TWELFTHS) * 2 * Math.PI;
    pen.beginPath();
    pen.moveTo(0, 0);
    pen.arc(0, 0, r, from, to);
    pen.closePath();
    pen.fillStyle = colour;
    pen.fill();
    pen.strokeStyle = paper;
    pen.lineWidth = 1;
    pen.stroke();
    from = to;
  }
  disc(r - 4.5, paper);
  pen.strokeStyle = crowd.dark ? "#b4bac2" : "#646b74";
  pen.lineWidth = 1;
  for (const radius of [r, r - 4.5]) {
    pen.beginPath();
    pen.arc(0, 0, radius, 0, 2 * Math.PI);
    pen.stroke();
  }
  return canvas;
}

function outline(pen: CanvasRenderingContext2D, square: boolean, r: number): void {
  pen.beginPath();
  if (square) pen.roundRect(-r * 0.88, -r * 0.88, r * 1.76, r * 1.76, 2.5);
  else pen.arc(0, 0, r, 0, 2 * Math.PI);
}

// A ring with rays.
function burst(pen: CanvasRenderingContext2D, paper: string, ink: string): void {
  for (const [colour, width] of [[paper, 5], [ink, 2]] as const) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    pen.arc(0, 0, R + 4.5, 0, 2 * Math.PI);
    for (let i = 0; i < 12; i++) {
      const [x, y] = [Math.cos((i * Math.PI) / 6), Math.sin((i * Math.PI) / 6)];
      pen.moveTo(x * (R + 4.5), y * (R + 4.5));
      pen.lineTo(x * (R + 8), y * (R + 8));
    }
    pen.stroke();
  }
}

function fill(pen: CanvasRenderingContext2D, look: Look, paper: string): void {
  pen.save();
  outline(pen, look.square, R);
  pen.clip();
  pen.globalAlpha = 0.25 + 0.75 * ((look.strength + 1) / 5) ** 1.3;
  look.colours.forEach((colour, n) => {
    pen.fillStyle = colour;
    sector(pen, n, look.colours.length, 2 * R);
    pen.fill();
  });
  pen.globalAlpha = 1;
  if (look.disputed) {
    pen.strokeStyle = paper;
    pen.lineWidth = 2.2;
    pen.beginPath();
    for (let x = -3 * R; x <= 3 * R; x += 5.2) {
      pen.moveTo(x - 2 * R, 2 * R);
      pen.lineTo(x + 2 * R, -2 * R);
    }
    pen.stroke();
  }
  if (look.divided) {
    pen.fillStyle = paper;
    if (look.colours.length === 1) pen.fillRect(0, -2 * R, 2 * R, 4 * R);
    pen.fillRect(-1.6, -2 * R, 3.2, 4 * R);
  }
  pen.restore();
}

function sector(pen: CanvasRenderingContext2D, n: number, of: number, r: number): void {
  // The first holder's part starts at the bottom and takes the left.
  const from = Math.PI / 2 + (n / of) * 2 * Math.PI;
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.arc(0, 0, r, from, from + (2 * Math.PI) / of);
  pen.closePath();
}

function edge(pen: CanvasRenderingContext2D, look: Look): void {
  look.colours.forEach((colour, n) => {
    pen.save();
    if (look.colours.length > 1) {
      sector(pen, n, look.colours.length, 3 * R);
      pen.clip();
    }
    outline(pen, look.square, look.stale ? R - 0.6 : R);
    pen.lineWidth = look.stale ? 3.4 : 2.2;
    pen.strokeStyle = look.dark ? mix(colour, "#ffffff", 0.4) : mix(colour, "#000000", 0.25);
    if (look.disputed) pen.setLineDash([3.4, 2.6]);
    pen.stroke();
    pen.restore();
  });
}

function hollow(pen: CanvasRenderingContext2D, look: Look): void {
  pen.save();
  pen.strokeStyle = look.dark ? "#b4bac2" : "#646b74";
  outline(pen, look.square, R - 1);
  pen.lineWidth = 2;
  if (look.disputed) pen.setLineDash([3.4, 2.6]);
  pen.stroke();
  if (look.status === "vacated") {
    pen.setLineDash([]);
    pen.beginPath();
    pen.moveTo(-R * 0.62, R * 0.62);
    pen.lineTo(R * 0.62, -R * 0.62);
    pen.stroke();
  }
  pen.restore();
}

function letter(pen: CanvasRenderingContext2D, look: Look, paper: string, ink: string): void {
  pen.font = `700 ${look.letter.length > 1 ? 8 : 11}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 2.5;
  pen.strokeStyle = paper;
  pen.strokeText(look.letter, 0, 0.5);
  pen.fillStyle = ink;
  pen.fillText(look.letter, 0, 0.5);
}

function mix(a: string, b: string, part: number): string {
  const channel = (colour: string, n: number): number => parseInt(colour.slice(1 + 2 * n, 3 + 2 * n), 16);
  const mixed = [0, 1, 2].map((n) => Math.round(channel(a, n) * (1 - part) + channel(b, n) * part));
  return `rgb(${mixed.join(" ")})`;
}

/** The sign as an element of the page, for legend and list; says nothing to a screen reader. `on`: drawn there anew. */
export function sign(look: Look, size = 22, on?: HTMLCanvasElement): HTMLCanvasElement {
  const canvas = draw(look, 2, on);
  canvas.className = "sign";
  canvas.style.width = canvas.style.height = `${look.fighting ? size * 1.25 : size}px`;
  canvas.style.margin = look.fighting ? `${-size / 8}px` : "";
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

/** How strongly a place is drawn, by the days since its last evidence: whole for a month, then fading through a year. */
export const FRESH = 30;
export const OLD = 365;
export function strengthOfAge(state: State): number {
  if (!state.spell) return 0.45;
  if (state.status === "unknown") return 0.8;
  if (state.age === null) return 0.4;
  const part = Math.max(0, Math.min(1, (state.age - FRESH) / (OLD - FRESH)));
  // In steps, so that not every sign is another one every day.
  return 1 - 0.6 * (Math.ceil(part * 12) / 12);
}
