/** What waits to be sent, as the server takes it: many at a time, and never more than fits. */
import type { Item } from "../shared/outbox";
import { bytes, type State } from "./messages";

/** `at` is this device's clock. It may be wrong; the server only looks how long ago something was. */
export type Done = { at: number } & (State | { statement: Record<string, unknown> });

export interface Batch {
  items: Item<Done>[];
  body: Record<string, unknown>;
}

const MOST_BYTES = 400_000;

export function isState(done: Done): done is { at: number } & State {
  return "dataType" in done;
}

export function isSameState(one: Done, other: Done): boolean {
  return (
    isState(one) &&
    isState(other) &&
    one.dataType === other.dataType &&
    one.subContentId === other.subContentId
  );
}

/** The first of the items that fit; results before states when there is little room. */
export function batchOf(
  items: Item<Done>[],
  { most = 50, room = MOST_BYTES, opened = false } = {},
): Batch {
  const taken: Item<Done>[] = [];
  let size = 200;
  const order = [
    ...items.filter(({ body }) => !isState(body)),
    ...items.filter(({ body }) => isState(body)),
  ];
  for (const item of order) {
    size += bytes(JSON.stringify(item));
    if (taken.length >= most || (size > room && (taken.length > 0 || room < MOST_BYTES))) break;
    taken.push(item);
  }
  const states = taken.flatMap(({ uuid, body }) => (isState(body) ? [{ uuid, ...body }] : []));
  const statements = taken.flatMap(({ uuid, body }) =>
    isState(body) ? [] : [{ ...body.statement, uuid, at: body.at }],
  );
  return {
    items: taken,
    body: { sent: Date.now(), states, statements, ...(opened ? { opened } : {}) },
  };
}
