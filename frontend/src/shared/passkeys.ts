/** WebAuthn speaks in bytes, JSON in base64url. Browsers before 2024 have no converter of their own. */

export interface CreationOptions {
  publicKey: PublicKeyCredentialCreationOptions;
}

export interface RequestOptions {
  publicKey: PublicKeyCredentialRequestOptions;
}

const BYTES = new Set(["challenge", "id"]);

/** The server's options with their byte fields as bytes. */
export function readOptions(json: unknown): CreationOptions & RequestOptions {
  return {
    publicKey: withBytes((json as { publicKey: unknown }).publicKey),
  } as CreationOptions & RequestOptions;
}

function withBytes(value: unknown, path: string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => withBytes(item, path));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      // `rp.id` is a host name; the ids of people and credentials are bytes.
      const isBytes = BYTES.has(key) && path.at(-1) !== "rp" && typeof inner === "string";
      return [key, isBytes ? fromBase64Url(inner as string) : withBytes(inner, [...path, key])];
    }),
  );
}

/** What the server reads: the credential with every byte field as base64url. */
export function credentialToJson(credential: PublicKeyCredential): Record<string, unknown> {
  return {
    type: credential.type,
    id: credential.id,
    rawId: toBase64Url(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: responseToJson(credential.response),
  };
}

function responseToJson(response: AuthenticatorResponse): Record<string, unknown> {
  const clientDataJSON = toBase64Url(response.clientDataJSON);
  if ("attestationObject" in response) {
    const made = response as AuthenticatorAttestationResponse;
    return {
      clientDataJSON,
      attestationObject: toBase64Url(made.attestationObject),
      transports: made.getTransports?.() ?? [],
    };
  }
  const shown = response as AuthenticatorAssertionResponse;
  return {
    clientDataJSON,
    authenticatorData: toBase64Url(shown.authenticatorData),
    signature: toBase64Url(shown.signature),
    userHandle: shown.userHandle ? toBase64Url(shown.userHandle) : null,
  };
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

export function toBase64Url(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(
    "",
  );
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
