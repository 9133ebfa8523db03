/**
 * What the frame of an H5P package says. The package is a stranger's program: only messages of the
 * right shape and size are heard, and the server believes none of them without checking again.
 */

export interface State {
  subContentId: string;
  dataType: string;
  /** Null: what was remembered is to be forgotten. */
  data: string | null;
}

export type Message =
  | { kind: "ready" }
  | { kind: "failed" }
  | { kind: "size"; height: number }
  | ({ kind: "state" } & State)
  | { kind: "statement"; statement: Record<string, unknown> };

const LARGEST_STATE = 65_536;
const LARGEST_STATEMENT = 16_384;
const LOWEST = 60;
const HIGHEST = 20_000;
const SUB_CONTENT = /^[\w-]{1,64}$/;
const DATA_TYPE = /^[\w.-]{1,64}$/;

/** The message, if it comes from this frame and is one; null for everything else. */
export function read(event: MessageEvent, frame: HTMLIFrameElement | null): Message | null {
  // A sandboxed frame has no origin. One that has is not the page we put there.
  if (!frame || event.source !== frame.contentWindow || event.origin !== "null") return null;
  const said = event.data as Record<string, unknown> | null;
  if (typeof said !== "object" || said === null || said.from !== "h5p") return null;
  if (said.kind === "ready" || said.kind === "failed") return { kind: said.kind };
  if (said.kind === "size") return size(said.height);
  if (said.kind === "state") return state(said);
  if (said.kind === "statement") return statement(said.statement);
  return null;
}

function size(height: unknown): Message | null {
  if (typeof height !== "number" || !Number.isFinite(height)) return null;
  return { kind: "size", height: Math.min(Math.max(height, LOWEST), HIGHEST) };
}

function state({ subContentId, dataType, data }: Record<string, unknown>): Message | null {
  if (typeof subContentId !== "string" || !SUB_CONTENT.test(subContentId)) return null;
  if (typeof dataType !== "string" || !DATA_TYPE.test(dataType)) return null;
  if (data !== null && (typeof data !== "string" || bytes(data) > LARGEST_STATE)) return null;
  return { kind: "state", subContentId, dataType, data };
}

function statement(given: unknown): Message | null {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return null;
  let text: string;
  try {
    text = JSON.stringify(given);
  } catch {
    return null;
  }
  if (bytes(text) > LARGEST_STATEMENT) return null;
  return { kind: "statement", statement: JSON.parse(text) as Record<string, unknown> };
}

export function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
