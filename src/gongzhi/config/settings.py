"""Django's settings, all from GONGZHI_* in the environment. The one file that reads it is `environment.py`."""

from datetime import timedelta
from pathlib import Path

from .environment import ROOT, read_environment

ENVIRONMENT = read_environment()

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
#: Where people reach the site; papers that are issued bear it as a code.
SITE = ENVIRONMENT.site
REHEARSAL = ENVIRONMENT.rehearsal
DATA = Path(ENVIRONMENT.data)
FILES_ROOT = Path(ENVIRONMENT.files)
FONTS_ROOT = ENVIRONMENT.fonts
PERSONAL_DATA_KEY = ENVIRONMENT.personal_data_key
#: The rehearsal this process serves (`gongzhi.rehearsal.folder.Cell`); None in any other system.
CELL = ENVIRONMENT.cell
#: What papers and tables of a demonstration or a rehearsal bear; "" in real use.
PAPER_MARK = "演练" if ENVIRONMENT.mode == "rehearsal" else ""
REHEARSAL_CELLS = ENVIRONMENT.rehearsal_cells
REHEARSAL_DAYS = ENVIRONMENT.rehearsal_days
REHEARSAL_ADDRESS = ENVIRONMENT.rehearsal_address

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    # Before our own: a failed sign-in is counted before it is noted.
    "axes",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "gongzhi.acts",
    "gongzhi.law",
    "gongzhi.accounts",
    "gongzhi.registry",
    "gongzhi.papers",
    "gongzhi.procedures",
    "gongzhi.notices",
    "gongzhi.messages",
    "gongzhi.ui",
    "gongzhi.exits",
    "gongzhi.voting",
    "gongzhi.assembly",
    "gongzhi.desk",
    "gongzhi.portal",
    "gongzhi.phone",
    "gongzhi.rehearsal",
    "gongzhi.api",
    "gongzhi.config",
]

MIDDLEWARE = [
    "gongzhi.api.middleware.ProblemMiddleware",
    "gongzhi.ui.middleware.PageMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gongzhi.accounts.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "gongzhi.config.urls"
WSGI_APPLICATION = "gongzhi.config.wsgi.application"
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CSRF_FAILURE_VIEW = "gongzhi.ui.refusals.csrf_page"
LOGIN_URL = "/rehearsal/closed/" if CELL else "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "gongzhi.ui.shell.shell",
            ],
        },
    }
]

DATABASES = {"default": ENVIRONMENT.database()}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
#: Where the packages of package-lock.json stand; `gongzhi.ui.published` lists what is published of them.
NODE_MODULES = ROOT / "node_modules"
STATICFILES_FINDERS = ["gongzhi.ui.finders.PublishedFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
#: Addresses with a digest or a version in them: browsers keep these for ever.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/(vendor/.+-\d+\.\d+\.\d+/|ui/gongzhi-(map-)?[0-9a-f]{12}\.)"

SESSION_COOKIE_HTTPONLY = True
if CELL:
    # Cookies do not know ports: a rehearsal on the same machine must not sign its visitor out of the real system.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
        f"{name}_{CELL.id.replace('-', '')}" for name in ("session", "csrf")
    )
SESSION_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.origins
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
#: A list of two hundred items (`ui.forms.MOST_ROWS`) goes in one form: nine fields and two ways of a photograph each,
#: of which the empty ones count too.
DATA_UPLOAD_MAX_NUMBER_FIELDS, DATA_UPLOAD_MAX_NUMBER_FILES = 3000, 500
#: axes.W002: the sentence of a lock-out stands in the sign-in form; its middleware would put a bare page in its place.
SILENCED_SYSTEM_CHECKS = ["axes.W002"]

#: Background tiles of maps: none unless set. Their host is the only other one that pages may load pictures from.
MAP_TILES = ENVIRONMENT.map_tiles
MAP_CREDIT = ENVIRONMENT.map_credit

# Signing in ---------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
_DJANGOS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_DJANGOS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username",)},
    },
    {"NAME": "gongzhi.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_DJANGOS}.CommonPasswordValidator"},
    {"NAME": f"{_DJANGOS}.NumericPasswordValidator"},
]

SESSION_IDLE_MINUTES = ENVIRONMENT.session_idle_minutes
SESSION_HOURS = ENVIRONMENT.session_hours
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
TOTP_FOR_OFFICIALS = ENVIRONMENT.demands_totp

ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
ACCOUNT_ADAPTER = "gongzhi.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
#: Counting is left to axes, which counts for all processes.
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "gongzhi.accounts.adapters.CodeAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
SOCIALACCOUNT_ADAPTER = "gongzhi.accounts.adapters.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "identity_provider": {"APPS": [one.as_app() for one in ENVIRONMENT.oidc_providers]}
}
#: Id → issuer.
IDENTITY_PROVIDERS = {one.id: one.issuer for one in ENVIRONMENT.oidc_providers}

LOCKOUT_ADDRESS_FAILURES = ENVIRONMENT.lockout_address_failures
AXES_HANDLER = "gongzhi.accounts.lockout.Handler"
AXES_FAILURE_LIMIT = ENVIRONMENT.lockout_failures
AXES_COOLOFF_TIME = timedelta(minutes=ENVIRONMENT.lockout_minutes)
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_USERNAME_CALLABLE = "gongzhi.accounts.lockout.name_of"
AXES_CLIENT_IP_CALLABLE = "gongzhi.accounts.lockout.address_of"
AXES_CLIENT_STR_CALLABLE = "gongzhi.accounts.lockout.silent"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
#: Who signed in when stands in the account's history.
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
