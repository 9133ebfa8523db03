import { translate } from "../shared/translate";

/** Where a row stands: in `list`, before the row `before`; null is the end. */
export interface Place {
  list: HTMLElement;
  before: HTMLElement | null;
}

export function placeOf(item: HTMLElement): Place {
  let before = item.nextElementSibling;
  while (before && !before.matches("[data-item]")) before = before.nextElementSibling;
  return { list: item.parentElement as HTMLElement, before: before as HTMLElement | null };
}

/** Every place a row may go to, from top to bottom; its own place is among them. */
export function placesFor(tree: HTMLElement, item: HTMLElement): Place[] {
  const places: Place[] = [];
  for (const list of tree.querySelectorAll<HTMLElement>(`[data-list="${item.dataset.item}"]`)) {
    for (const before of itemsOf(list)) {
      if (before !== item) places.push({ list, before });
    }
    places.push({ list, before: null });
  }
  return places;
}

/** "Place 2 of 5 in Unit 1". */
export function sayPlace(item: HTMLElement): string {
  const list = item.parentElement as HTMLElement;
  const items = itemsOf(list);
  const values = {
    number: items.indexOf(item) + 1,
    all: items.length,
    where: list.dataset.title ?? "",
  };
  return values.where
    ? translate("Place %(number)s of %(all)s in %(where)s.", values)
    : translate("Place %(number)s of %(all)s.", values);
}

function itemsOf(list: HTMLElement): HTMLElement[] {
  return [...list.children].filter((child): child is HTMLElement =>
    child.matches("[data-item]"),
  );
}
