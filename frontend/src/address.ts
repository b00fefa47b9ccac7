// The address bar's hash holds what is chosen, so that a view can be sent to somebody.
let wanted = new URLSearchParams(location.hash.slice(1));
let timer = 0;
let written = location.hash;

/** The values; one that is empty is none. */
export function address(): URLSearchParams {
  return new URLSearchParams([...wanted].filter(([, value]) => value !== ""));
}

/** Write some of the values; null takes one out. `step`: a new step in the browser's history, which "back" undoes. */
export function writeAddress(values: Record<string, string | null>, step = false): void {
  for (const [key, value] of Object.entries(values)) {
    if (value === null || value === "") wanted.delete(key);
    else wanted.set(key, value);
  }
  window.clearTimeout(timer);
  if (step) put(true);
  // Browsers refuse when the address is written too often, as while playing.
  else timer = window.setTimeout(() => put(false), 150);
}

function put(step: boolean): void {
  const hash = `#${wanted}`;
  if (hash === location.hash || (hash === "#" && location.hash === "")) return;
  written = hash;
  // An empty hash would leave the address's own "#" standing; "." is none of our keys.
  history[step ? "pushState" : "replaceState"](null, "", hash === "#" ? location.pathname + location.search : hash);
}

const followers: ((values: URLSearchParams) => void)[] = [];

/** Called when the reader changes the address or goes back. */
export function onAddress(follow: (values: URLSearchParams) => void): void {
  followers.push(follow);
}

function changed(): void {
  if (location.hash === written && String(wanted) === location.hash.slice(1)) return;
  window.clearTimeout(timer);
  written = location.hash;
  wanted = new URLSearchParams(location.hash.slice(1));
  for (const follow of followers) follow(address());
}
window.addEventListener("hashchange", changed);
window.addEventListener("popstate", changed);
