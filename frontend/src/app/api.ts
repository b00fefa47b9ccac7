// Questions to the server that the page came from, and nobody else.
export const API = "/api/v1";

export type Query = Record<string, string | number | boolean | null | undefined | string[]>;

/** What the server says is wrong, in its words. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }

  override toString(): string {
    return this.message;
  }
}

/** The address of a question; what is null or "" is left out. */
export function addressOf(path: string, query: Query = {}): string {
  const values = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "") values.append(key, String(one));
    }
  }
  const text = String(values);
  return `${API}${path}${text && `?${text}`}`;
}

/** Told what the server is working out meanwhile; null: it has answered. */
export const waiting: { tell: (words: string | null) => void } = { tell: () => {} };
const PATIENCE = 300;

/** `heard`: told of which version of the index the answer is, where it says so. */
export async function ask<T>(path: string, query: Query = {}, signal?: AbortSignal, heard: (version: string) => void = () => {}): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      const answer = await take<T>(fetch(addressOf(path, query), signal ? { signal } : {}), heard);
      if (tries > 0) waiting.tell(null);
      return answer;
    } catch (error) {
      const later = error instanceof ApiError && error.status === 503 ? error.retryAfter : null;
      if (later === null || tries >= PATIENCE || signal?.aborted) {
        if (tries > 0) waiting.tell(null);
        throw error;
      }
      waiting.tell(String(error));
      await new Promise((resolve) => window.setTimeout(resolve, 1000 * later));
    }
  }
}

/** Questions of which only the last counts: a new one gives up the one before. */
export class Latest {
  private asked = new AbortController();
  /** Of the index, which gave the last answer; "": there was none. */
  version = "";

  /** The answer, or null where another question has come meanwhile. */
  async ask<T>(path: string, query: Query = {}): Promise<T | null> {
    this.asked.abort();
    const { signal } = (this.asked = new AbortController());
    try {
      let version = "";
      const answer = await ask<T>(path, query, signal, (heard) => (version = heard));
      if (!signal.aborted) this.version = version;
      return signal.aborted ? null : answer;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }
}

export async function tell<T>(path: string, body: object): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  return take<T>(fetch(API + path, { method: "POST", headers, body: JSON.stringify(body) }));
}

/** Send files, telling how far it is, 0 to 1. */
export function send<T>(path: string, form: FormData, progress: (part: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", API + path);
    request.responseType = "json";
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onerror = () => reject(new ApiError("The server cannot be reached.", 0));
    request.onload = () => {
      if (request.status < 300) resolve(request.response as T);
      else reject(problem(request.response, request.status));
    };
    request.send(form);
  });
}

async function take<T>(pending: Promise<Response>, heard: (version: string) => void = () => {}): Promise<T> {
  let answer: Response;
  try {
    answer = await pending;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError("The server cannot be reached. Is it still running?", 0);
  }
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw problem(body, answer.status, Number(answer.headers.get("Retry-After")) || null);
  heard(/"(.*)"/.exec(answer.headers.get("ETag") ?? "")?.[1] ?? "");
  return body as T;
}

function problem(body: unknown, status: number, retryAfter: number | null = null): ApiError {
  const said = (body ?? {}) as { title?: string; detail?: string; errors?: string[] };
  const words = [said.detail || said.title || `The server answered ${status}.`, ...(said.errors ?? [])];
  return new ApiError(words.join(" "), status, retryAfter);
}
