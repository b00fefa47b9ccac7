// Everything on the page is built here, from text: there is no way to hand in markup.
type Child = Node | string | null | false;

interface Attributes {
  class?: string;
  id?: string;
  type?: string;
  title?: string;
  role?: string;
  hidden?: boolean;
  disabled?: boolean;
  data?: Record<string, string>;
  aria?: Record<string, string>;
  click?: (event: MouseEvent) => void;
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  const { data, aria, click, hidden, disabled, ...plain } = attributes;
  for (const [name, value] of Object.entries(plain)) element.setAttribute(name, value);
  for (const [name, value] of Object.entries(data ?? {})) element.dataset[name] = value;
  for (const [name, value] of Object.entries(aria ?? {})) element.setAttribute(`aria-${name}`, value);
  if (hidden) element.hidden = true;
  if (disabled) element.setAttribute("disabled", "");
  if (click) element.addEventListener("click", click as EventListener);
  element.append(...children.filter((child): child is Node | string => child !== null && child !== false));
  return element;
}

/** Text from a report or a name list, kept from turning the direction of what stands around it. */
export function name(text: string): HTMLElement {
  return h("bdi", {}, text);
}

export function get<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element "${id}" in the page`);
  return element as T;
}

/** A link for a web address; anything else ("javascript:", "file:", half an address) stays text. */
export function link(url: string, text: string): HTMLElement {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return name(text);
  }
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") return name(text);
  const anchor = h("a", { title: parsed.href }, name(text));
  anchor.href = parsed.href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  anchor.referrerPolicy = "no-referrer";
  return anchor;
}

export const calm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
