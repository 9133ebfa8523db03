/** What the server hands the editors beside the form: sources of statements, pictures of the module. */

export interface SourceChoice {
  id: string;
  title: string;
  publisher: string;
}

export interface Picture {
  /** As it stands in the text: /static/map.png */
  path: string;
  /** Where the page can show it. */
  url: string;
}

/** Keep a picture that came into the module after the page was made. */
export function addPicture(picture: Picture): void {
  const known = pageData<Picture>("studio-pictures");
  const place = document.getElementById("studio-pictures");
  if (!place || known.some(({ path }) => path === picture.path)) return;
  place.textContent = JSON.stringify([...known, picture]);
}

/** The JSON in the script element `id`; an empty list when there is none. */
export function pageData<T>(id: string): T[] {
  try {
    const value: unknown = JSON.parse(document.getElementById(id)?.textContent ?? "[]");
    return Array.isArray(value) ? (value as T[]) : [];
  } catch {
    return [];
  }
}
