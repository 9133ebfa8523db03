/** Gives the server a picture, from a file or from the module's files, and says what content keeps of it. */
import { newestToken } from "../shared/request";
import { translate } from "../shared/translate";

export interface KeptPicture {
  path: string;
  mime: string;
  width: number;
  height: number;
}

/** The picture as content names it, or why there is none, in words. */
export async function sendPicture(
  address: string,
  what: Record<string, string | File>,
): Promise<KeptPicture | string> {
  const body = new FormData();
  for (const [name, value] of Object.entries(what)) body.set(name, value);
  try {
    const answer = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": newestToken() },
      credentials: "same-origin",
      redirect: "manual",
    });
    const told = (await answer.json()) as KeptPicture & { message?: string };
    if (answer.ok) return told;
    return told.message || translate("The file was not accepted.");
  } catch {
    return translate("The file did not arrive. Check the connection and sign-in.");
  }
}
