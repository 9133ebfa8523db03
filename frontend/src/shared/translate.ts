/** Texts come with the page, in the reader's language; the English text is the key. */

let texts: Record<string, string> | undefined;

/** `translate("Saved %(time)s", { time: "10:42" })` */
export function translate(
  english: string,
  values: Record<string, string | number> = {},
): string {
  texts ??= read();
  return (texts[english] ?? english).replace(/%\((\w+)\)s/g, (hole, name: string) =>
    String(values[name] ?? hole),
  );
}

/** 10:42, in every language, by the clock the server's pages go by: Viet Nam's. */
export function timeOfDay(moment: Date): string {
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Asia/Ho_Chi_Minh",
  }).format(moment);
}

/** For tests, which bring their own page. */
export function forgetTexts(): void {
  texts = undefined;
}

function read(): Record<string, string> {
  try {
    return JSON.parse(document.getElementById("messages")?.textContent ?? "{}");
  } catch {
    return {};
  }
}
