/** Sends JSON to our own pages and sorts what can go wrong into three kinds. */

/** The network is gone, or the server did not answer in time. Try again later. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

/** Nobody is signed in any more. Keep the work and ask for a new sign-in. */
export class SignedOut extends Error {
  override name = "SignedOut";
}

/** The server answered, and the answer is no. */
export class Refused extends Error {
  override name = "Refused";

  constructor(
    readonly status: number,
    readonly body: { code?: string; message?: string; [key: string]: unknown },
  ) {
    super(body.message ?? `HTTP ${status}`);
  }
}

export interface Options {
  csrf?: string | null;
  /** Lets a request outlive the page it was sent from. */
  keepalive?: boolean;
  milliseconds?: number;
}

/** Post JSON and return the JSON of the answer; throws Unreachable, SignedOut or Refused. */
export async function postJson<T>(
  address: string,
  body: unknown,
  { csrf, keepalive = false, milliseconds = 15_000 }: Options = {},
): Promise<T> {
  const token = newestToken(csrf);
  let response: Response;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        ...(token ? { "X-CSRFToken": token } : {}),
      },
      body: JSON.stringify(body),
      credentials: "same-origin",
      keepalive,
      // The sign-in page would otherwise come back as a cheerful 200.
      redirect: "manual",
      signal: AbortSignal.timeout(milliseconds),
    });
  } catch (error) {
    throw new Unreachable(String(error));
  }
  return read<T>(response);
}

async function read<T>(response: Response): Promise<T> {
  if (response.type === "opaqueredirect" || response.status === 401) {
    throw new SignedOut();
  }
  const text = await response.text().catch(() => "");
  const body = parse(text);
  if (response.ok) return (body ?? {}) as T;
  // A 403 that names no reason is Django's page about the token or the session.
  if (response.status === 403 && !body?.code && !body?.error) throw new SignedOut();
  if (response.status >= 500 || response.status === 408 || response.status === 429) {
    throw new Unreachable(`HTTP ${response.status}`);
  }
  throw new Refused(response.status, body ?? {});
}

function parse(text: string): Refused["body"] | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? (value as Refused["body"]) : null;
  } catch {
    return null;
  }
}

/** Signing in again in another tab changes the token, and only the cookie knows the new one. */
export function newestToken(given?: string | null): string {
  const cookie = /(?:^|;\s*)(?:__Host-|__Secure-)?csrftoken=([^;]+)/.exec(document.cookie);
  const field = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
  return cookie?.[1] ?? given ?? field?.value ?? "";
}
