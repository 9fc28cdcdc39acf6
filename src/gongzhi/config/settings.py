"""Django's settings, all from GONGZHI_* in the environment. The one file that reads it is `environment.py`."""

from pathlib import Path

from .environment import ROOT, read_environment

ENVIRONMENT = read_environment()

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
REHEARSAL = ENVIRONMENT.rehearsal
DATA = Path(ENVIRONMENT.data)
FILES_ROOT = Path(ENVIRONMENT.files)
PERSONAL_DATA_KEY = ENVIRONMENT.personal_data_key

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
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
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "gongzhi.config.urls"
WSGI_APPLICATION = "gongzhi.config.wsgi.application"
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CSRF_FAILURE_VIEW = "gongzhi.ui.refusals.csrf_page"
LOGIN_URL = "/sign-in/"
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
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/(vendor/.+-\d+\.\d+\.\d+/|ui/gongzhi-[0-9a-f]{12}\.)"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_SECURE = ENVIRONMENT.https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
SILENCED_SYSTEM_CHECKS: list[str] = []
