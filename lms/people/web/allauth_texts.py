"""What django-allauth says, in our words. It has no Vietnamese of its own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# One sentence for every wrong name or password: which part was wrong helps only an attacker.
MISMATCH = _("Username and password do not match. Check both, or reset the password.")

ACCOUNT_ERRORS: dict[str, str | Promise] = {
    "username_password_mismatch": MISMATCH,
    "email_password_mismatch": MISMATCH,
    "invalid_login": MISMATCH,
    "account_inactive": _("This account is closed. Ask your HR officer."),
    "incorrect_password": _("The password is not right. Type it again."),
    "enter_current_password": _("The present password is not right. Type it again."),
    "incorrect_code": _("The code is not right. Enter the one shown now."),
    "invalid_password_reset": _("This link is used up or too old. Ask for a new one."),
    "too_many_login_attempts": _("Too many wrong attempts. Wait five minutes, then try again."),
    "rate_limited": _("Too many requests in a short time. Wait a minute, then try again."),
}
MFA_ERRORS: dict[str, str | Promise] = {
    "incorrect_code": ACCOUNT_ERRORS["incorrect_code"],
    "rate_limited": ACCOUNT_ERRORS["rate_limited"],
    "cannot_delete_authenticator": _("Two-step sign-in cannot be switched off for this account."),
    "cannot_generate_recovery_codes": _(
        "Switch on two-step sign-in first; then you can have recovery codes."
    ),
}
SOCIAL_ERRORS: dict[str, str | Promise] = {
    "disconnect_last": _("Set a password first: otherwise you could not sign in any more."),
    "no_password": _("Set a password first: otherwise you could not sign in any more."),
    "no_verified_email": _("Set a password first: otherwise you could not sign in any more."),
}
# Message template of allauth -> what we say. What is not here is not said.
MESSAGES: dict[str, str | Promise] = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is switched off."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "You have new recovery codes. The old ones no longer work."
    ),
    "socialaccount/messages/account_connected.txt": _("The other account is linked."),
    "socialaccount/messages/account_connected_updated.txt": _("The other account is linked."),
    "socialaccount/messages/account_disconnected.txt": _("The other account is no longer linked."),
    "socialaccount/messages/account_connected_other.txt": _("That account is linked to somebody else."),
}
METHODS: dict[str, str | Promise] = {
    "reauthenticate": _("Use the password"),
    "mfa_reauthenticate": _("Use the authenticator app or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}
RESET_SUBJECT = _("Lan Tỏa: choose a new password")
RESET_BODY = _(
    "Hello %(name)s,\n\nsomebody asked for a new password for your account %(username)s. If it was you, "
    "open this address within %(hours)s hours:\n\n%(address)s\n\nIf it was not you, do nothing: the password "
    "stays as it is.\n\nLan Tỏa"
)
