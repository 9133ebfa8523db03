/** What the page of a frame says about itself. */
export interface Facts {
  /** Stands before a handler's name. */
  handlers: string;
  /** The pages' host; the only one that gets messages. */
  site: string;
  player: string;
  view: string;
  language: string;
  usageKey: string;
}

/** A translation, or its forms for one and for many. */
export type Texts = Record<string, string | string[]>;

export function readJson<T>(id: string, otherwise: T): T {
  try {
    return JSON.parse(document.getElementById(id)?.textContent ?? "") as T;
  } catch {
    return otherwise;
  }
}

export const facts: Facts = {
  handlers: "",
  site: "",
  player: "",
  view: "student_view",
  language: "vi",
  usageKey: "",
  ...readJson<Partial<Facts>>("facts", {}),
};

/** Tell the page around the frame. */
export function tell(message: Record<string, unknown>): void {
  if (parent !== window && facts.site) {
    parent.postMessage({ from: "block-frame", ...message }, facts.site);
  }
}
