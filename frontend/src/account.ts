/** Signing in and its keys. */
import "./elements/passkey-form";
