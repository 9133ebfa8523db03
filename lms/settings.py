"""The one settings file. Every value that differs between machines comes from the environment.

`LANTOA_ENV` is `development` (default), `test` or `production`. Production refuses to start on
anything unsafe; `.env.example` names every variable.
"""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
if (BASE_DIR / ".env").exists():
    env.read_env(str(BASE_DIR / ".env"), recurse=False)

TESTING = "pytest" in sys.modules
ENVIRONMENT = env.str("LANTOA_ENV", "test" if TESTING else "development")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = env.bool("LANTOA_DEBUG", False)
VAR_DIR = Path(env.str("LANTOA_VAR_DIR", str(BASE_DIR / "var")))


def secret(name: str) -> str:
    """A key from the environment. Outside production a fixed, public one stands in."""
    value = env.str(name, "")
    if PRODUCTION and len(value) < 50:
        raise ImproperlyConfigured(
            f"{name} must hold at least 50 random characters in production. "
            'Make one with: python -c "import secrets; print(secrets.token_urlsafe(64))"'
        )
    return value or f"insecure-{name}-for-development-and-tests-only-{'x' * 50}"


SECRET_KEY = secret("LANTOA_SECRET_KEY")
# Personal IDs are kept only as HMAC-SHA256 under this key; losing it loses the match, not the people.
PERSONAL_ID_KEY = secret("LANTOA_PERSONAL_ID_KEY")
# Handler and preview URLs for framed blocks are signed with a key of their own.
BLOCK_TOKEN_KEY = secret("LANTOA_BLOCK_TOKEN_KEY")

PORT = env.int("PORT", 8000)
SITE_URL = env.str("LANTOA_SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
# Blocks we do not trust run on a host of their own, so that they share no cookie with us. Ports do
# not separate cookies, so it is another name here too.
PLAYER_URL = env.str("LANTOA_PLAYER_URL", f"http://localhost:{PORT + 1}").rstrip("/")
PLAYER_URLCONF = "lms.player_urls"
IS_PLAYER = env.str("LANTOA_ROLE", "pages") == "player"
SOCKET_URL = env.str("LANTOA_SOCKET_URL", f"ws://127.0.0.1:{PORT + 2}").rstrip("/")
ALLOWED_HOSTS = env.list("LANTOA_ALLOWED_HOSTS", [] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("LANTOA_CSRF_TRUSTED_ORIGINS", [SITE_URL] if PRODUCTION else [])
IS_DEMO = env.bool("LANTOA_DEMO", False)

if PRODUCTION:
    if DEBUG or IS_DEMO:
        raise ImproperlyConfigured("LANTOA_DEBUG and LANTOA_DEMO must be off in production.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("LANTOA_ALLOWED_HOSTS must name the hosts this server answers for.")
    if not SITE_URL.startswith("https://") or not PLAYER_URL.startswith("https://"):
        raise ImproperlyConfigured("LANTOA_SITE_URL and LANTOA_PLAYER_URL must use https.")
    if SITE_URL.split("/")[2] == PLAYER_URL.split("/")[2]:
        raise ImproperlyConfigured("LANTOA_PLAYER_URL must be another host than LANTOA_SITE_URL.")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "lms.shared",
    "lms.audit",
    "lms.people",
    "courses.h5p",
    "courses",
    "assessments",
    "certificates",
    "lms.indicator",
    "lms.hr",
    "lms.home",
    "lms.demo",
    "lms.operations",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "django_tasks",
    "django_tasks_db",
    "dbbackup",
]

MIDDLEWARE = [
    "lms.shared.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.shared.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lms.shared.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lms.people.middleware.PersonMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "lms.shared.middleware.WrongMethodPage",
]

# The player host knows nobody: no session, no sign-in, no cookie of any kind.
PLAYER_MIDDLEWARE = [
    "lms.shared.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # its app will not start without; it touches nothing here
]
if IS_PLAYER:
    MIDDLEWARE = PLAYER_MIDDLEWARE
ROOT_URLCONF = PLAYER_URLCONF if IS_PLAYER else "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
ASGI_APPLICATION = "lms.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Open edX questions look their templates up by name; their package need not be imported for that.
_contrib = find_spec("xblocks_contrib")
CAPA_TEMPLATES = [
    Path(folder) / "problem" / "capa" / "templates"
    for folder in (_contrib.submodule_search_locations or [] if _contrib else [])
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "frontend" / "templates", *CAPA_TEMPLATES],
        "OPTIONS": {
            "loaders": [
                (
                    "lms.shared.flat_templates.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.shared.context.page",
                "lms.home.web.navigation.page",
            ],
        },
    }
]

# Fields of forms by the same loader as everything else
FORM_RENDERER = "lms.shared.form_renderer.FormRenderer"

# Databases ------------------------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'lan-toa.sqlite3'}")
if DATABASE_URL.startswith("sqlite:///"):
    sqlite_path = Path(DATABASE_URL.removeprefix("sqlite:///"))
    sqlite_path.parent.mkdir(parents=True, exist_ok=True)
    DATABASES: dict[str, dict[str, Any]] = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(sqlite_path),
            "CONN_MAX_AGE": None,
            # Measured: without IMMEDIATE four of five concurrent writers fail; FULL is for exams.
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;"
                ),
            },
        }
    }
else:
    DATABASES = {"default": env.dj_db_url("DATABASE_URL")}
    if env.bool(
        "LANTOA_DB_POOL", False
    ):  # for the ASGI process: one pool instead of one connection a request
        DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8}
    else:
        DATABASES["default"]["CONN_MAX_AGE"] = 600

REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL and TESTING:
    # Tests empty their cache: each process of a test run has one of Redis's 16 databases for itself.
    head, _slash, tail = REDIS_URL.rpartition("/")
    base = int(tail) if tail.isdecimal() else 0
    worker = int(env.str("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    REDIS_URL = f"{head if tail.isdecimal() else REDIS_URL}/{(base + worker) % 16}"
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "lms.shared.redis_cache.RedisCache", "LOCATION": REDIS_URL}}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    # A per-process cache would keep a session alive after sign-out in another process.
    SESSION_ENGINE = "lms.shared.sessions"

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TESTING
        else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}

# Recurring jobs: task -> seconds between two runs. Each is safe to repeat.
SCHEDULE = {
    "assessments.tasks.submit_overdue_attempts": 30,
    "assessments.tasks.delete_old_question_uploads": 3600,
    "courses.tasks.delete_old_imports": 3600,
    "lms.hr.tasks.delete_old_exports": 3600,
    "courses.tasks.delete_old_uploads": 3600,
    "courses.tasks.delete_unnamed_h5p_files": 86_400,
}

# Files ----------------------------------------------------------------------------------------
MEDIA_ROOT = VAR_DIR / "media"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path | tuple[str, Path]] = (
    [BASE_DIR / "frontend" / "dist"] if (BASE_DIR / "frontend" / "dist").exists() else []
)
# Number questions of Open edX wait for a script that they name by this path.
STATICFILES_DIRS += [
    ("js/capa/src", folder)
    for folder in (path.parent / "static" / "js" / "capa" / "src" for path in CAPA_TEMPLATES)
    if folder.exists()
]
VITE_MANIFEST_PATH = BASE_DIR / "frontend" / "dist" / ".vite" / "manifest.json"
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\."
if env.str("LANTOA_S3_BUCKET", ""):
    DEFAULT_STORAGE = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("LANTOA_S3_BUCKET"),
            "endpoint_url": env.str("LANTOA_S3_ENDPOINT", None),
            "access_key": env.str("LANTOA_S3_ACCESS_KEY", None),
            "secret_key": env.str("LANTOA_S3_SECRET_KEY", None),
            "querystring_auth": True,
        },
    }
else:
    DEFAULT_STORAGE = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
STORAGES = {
    "default": DEFAULT_STORAGE,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # Its name is what the H5P block asks for.
    "h5pxblock_storage": {"BACKEND": "courses.xblocks.package_files.PackageStorage"},
    "dbbackup": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.str("LANTOA_BACKUP_DIR", str(VAR_DIR / "backups"))},
    },
}
# The copy is taken with SQLite's own backup call, which is safe while the server runs.
DBBACKUP_CONNECTORS = (
    {"default": {"CONNECTOR": "dbbackup.db.sqlite.SqliteBackupConnector"}}
    if DATABASE_URL.startswith("sqlite:///")
    else {"default": {"CONNECTOR": "dbbackup.db.postgresql.PgDumpBinaryConnector"}}
)
DBBACKUP_SEND_EMAIL = False
CONTENT_DIR = BASE_DIR / "content"

# Media library --------------------------------------------------------------------------------
MEDIA_LIMITS = {  # bytes of one file, by kind
    "image": 20_000_000,
    "audio": 200_000_000,
    "video": 1_000_000_000,
    "document": 50_000_000,
    "captions": 2_000_000,
}
MEDIA_AT_ONCE = 20_000_000  # bytes of a file sent with a plain form; larger ones come in parts
MEDIA_A_DAY = {"files": 500, "bytes": 10_000_000_000}  # of one person
# Who harvests us over OAI-PMH reads these: the domain that our identifiers carry, and whom to write to.
OAI_NAMESPACE = env.str("LANTOA_OAI_NAMESPACE", "lan-toa.localhost")
OAI_EMAIL = env.str("LANTOA_OAI_EMAIL", f"office@{OAI_NAMESPACE}")

# Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "lms" / "locale", BASE_DIR / "courses" / "xblocks" / "locale"]
FORMAT_MODULE_PATH = ["lms.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = True

# Sign-in --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "lms.people.hashers.Argon2Hasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"
LOGOUT_REDIRECT_URL = "home:signed_out"
ACCOUNT_ADAPTER = "lms.people.web.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "lms.people.web.adapter.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_DISPLAY = "lms.people.queries.display_name"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_FORMS = {
    "login": "lms.people.web.forms.LoginForm",
    "reset_password": "lms.people.web.forms.ResetPasswordForm",
    "reset_password_from_key": "lms.people.web.forms.ResetPasswordKeyForm",
    "change_password": "lms.people.web.forms.ChangePasswordForm",
    "set_password": "lms.people.web.forms.SetPasswordForm",
    "reauthenticate": "lms.people.web.forms.ReauthenticateForm",
}
# A class of 300 officers signs in behind one address. axes locks a name per address after five
# wrong passwords; the limit per name stops guessing from many addresses.
ACCOUNT_RATE_LIMITS = {"login": "1200/m/ip", "login_failed": "200/m/ip,20/300s/key"}
MFA_ADAPTER = "lms.people.web.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "lms.people.web.forms.AuthenticateForm",
    "reauthenticate": "lms.people.web.forms.ConfirmByCodeForm",
    "activate_totp": "lms.people.web.forms.ActivateTOTPForm",
    "add_webauthn": "lms.people.web.forms.AddPasskeyForm",
    "edit_webauthn": "lms.people.web.forms.EditPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Lan Toa"
SOCIALACCOUNT_PROVIDERS: dict[str, object] = {}
OIDC_ORIGINS: list[str] = []  # browsers check where a form's answer redirects to
if env.str("LANTOA_OIDC_SERVER_URL", ""):  # VNeID or any other OpenID Connect provider
    OIDC_ORIGINS = env.list(
        "LANTOA_OIDC_ORIGINS", ["/".join(env.str("LANTOA_OIDC_SERVER_URL").split("/")[:3])]
    )
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": env.str("LANTOA_OIDC_ID", "vneid"),
                    "name": env.str("LANTOA_OIDC_NAME", "VNeID"),
                    "client_id": env.str("LANTOA_OIDC_CLIENT_ID"),
                    "secret": env.str("LANTOA_OIDC_SECRET"),
                    "settings": {"server_url": env.str("LANTOA_OIDC_SERVER_URL")},
                }
            ],
            "OAUTH_PKCE_ENABLED": True,
        }
    }
SOCIALACCOUNT_ONLY = False
MESSAGE_STORAGE = "lms.shared.message_storage.MessageStorage"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "lms.people.web.locked.locked"
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["password"]
AXES_VERBOSE = False
AXES_ENABLED = env.bool("LANTOA_AXES", not TESTING)

# Protection -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'", SOCKET_URL],
        "frame-src": ["'self'", PLAYER_URL],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'", *OIDC_ORIGINS],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer" if IS_PLAYER else "same-origin"  # its addresses are secrets
SECURE_SSL_REDIRECT = PRODUCTION and env.bool("LANTOA_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "lms.home.web.status.csrf_failure"
if env.bool("LANTOA_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    AXES_IPWARE_PROXY_COUNT = 1
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# What authors may upload in the editor of a framed block: packages with pictures and sound.
BLOCK_UPLOAD_BYTES = env.int("LANTOA_BLOCK_UPLOAD_BYTES", 100_000_000)
EMAIL_BACKEND = env.str(
    "LANTOA_EMAIL_BACKEND",
    f"django.core.mail.backends.{'smtp' if PRODUCTION else 'console'}.EmailBackend",
)
EMAIL_HOST = env.str("LANTOA_EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = env.str("LANTOA_EMAIL_FROM", "lan-toa@localhost")

# API ------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # First, so that who is not signed in gets 401 and not 403
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "60/min", "user": "600/min", "verify": "60/min"},
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Lan Tỏa API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
}

# Learning -------------------------------------------------------------------------------------
# Block types of courses/xblocks/catalogue.py that this installation does not want.
XBLOCKS_OFF: list[str] = env.list("LANTOA_XBLOCKS_OFF", [])
CERTIFICATE_ISSUER = {
    "vi": env.str("LANTOA_ISSUER_VI", "Ban Điều phối Chương trình Lan Tỏa"),
    "en": env.str("LANTOA_ISSUER_EN", "Lan Tỏa Programme Office"),
    "place": env.str("LANTOA_ISSUER_PLACE", "Hà Nội"),
    "register": env.str("LANTOA_REGISTER", "LT"),
}

H5P = {
    "SITE_URL": SITE_URL,
    "PLAYER_URL": PLAYER_URL,
    "PLAYER_URLCONF": PLAYER_URLCONF,
    "KEY": BLOCK_TOKEN_KEY,
    "MAY_UPLOAD": "courses.permissions.may_author",
    "MAY_MANAGE": "courses.permissions.may_manage_libraries",
    "MAY_PLAY": "courses.permissions.may_play",
    "OPERATOR": "lms.shared.actors.SYSTEM",
    "RECORD": "lms.audit.actions.record",
    "CLEAN_PICTURE": "courses.media_files.private.cleaned_picture",
    # The second list is of our own content types: tools/build_h5p.py writes it.
    "TRUSTED": [*env.list("LANTOA_H5P_TRUSTED", []), str(CONTENT_DIR / "h5p" / "trusted.json")],
    "MAX_UPLOAD": env.int("LANTOA_H5P_UPLOAD_BYTES", 100_000_000),
}

# Logs -----------------------------------------------------------------------------------------
LOG_LEVEL = env.str("LANTOA_LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "lms.shared.logs.RequestIdFilter"}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s",
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
            "json_ensure_ascii": False,
        },
        "plain": {
            "format": "{asctime} {levelname:7} {name} [{request_id}] {message}",
            "style": "{",
        },
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "level": LOG_LEVEL,  # the job worker sets its loggers to INFO by itself
            "filters": ["request_id"],
            "formatter": env.str("LANTOA_LOG_FORMAT", "json" if PRODUCTION else "plain"),
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "axes": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
