"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id as OWASP's password storage cheat sheet recommends it: 46 MiB, one pass, one lane.

    Django's own choice (100 MiB, two passes, eight lanes) costs a quarter of a second of all cores: a
    class that signs in together would lock itself out of two of them. Passwords kept with other
    parameters are hashed anew at the next sign-in.
    """

    time_cost = 1
    memory_cost = 47_104  # KiB
    parallelism = 1
