/**
 * Send a form and show what the server's next page says, without loading the page anew: parts marked
 * `data-live` are replaced by those of the answer. A form somebody has begun to fill in is left alone.
 */
export async function refresh(
  address: string,
  form: FormData,
): Promise<"saved" | "refused" | "offline"> {
  let answer: Response;
  let page: Document;
  try {
    answer = await fetch(address, {
      method: "POST",
      body: form,
      credentials: "same-origin",
      headers: { Accept: "text/html" },
    });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return "offline";
  }
  const parts = [...document.querySelectorAll<HTMLElement>("[data-live][id]")];
  if (!parts.some((part) => page.getElementById(part.id))) {
    // Signed out, or a page of another kind: let the browser show it.
    window.location.assign(answer.url || window.location.href);
    return "refused";
  }
  for (const part of parts) {
    const fresh = page.getElementById(part.id);
    if (fresh && !isBegun(part)) part.replaceWith(document.adoptNode(fresh));
  }
  return answer.ok ? "saved" : "refused";
}

function isBegun(part: HTMLElement): boolean {
  // The outline itself is what has just been changed, so it is always renewed.
  if (part.querySelector("outline-tree")) return false;
  return [
    ...part.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea"),
  ].some((field) =>
    field.type === "checkbox" || field.type === "radio"
      ? (field as HTMLInputElement).checked !== (field as HTMLInputElement).defaultChecked
      : field.type !== "hidden" && field.value !== field.defaultValue,
  );
}
