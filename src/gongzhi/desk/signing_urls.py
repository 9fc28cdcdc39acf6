"""The addresses of signing in. The names with an underscore are those by which the sign-in library finds our pages."""

from django.urls import URLPattern, path

from .views import account, signing

urlpatterns: list[URLPattern] = [
    path("sign-in/", signing.SignIn.as_view(), name="account_login"),
    path("sign-in/", signing.SignIn.as_view(), name="sign-in"),
    path("sign-in/code/", signing.EnterCode.as_view(), name="mfa_authenticate"),
    path("sign-in/by/<slug:provider_id>/", signing.to_provider, name="identity_provider_login"),
    path("sign-in/by/<slug:provider_id>/back/", signing.from_provider, name="identity-callback"),
    path("sign-out/", signing.SignOut.as_view(), name="sign-out"),
    path("acting-as/", signing.acting_as, name="acting-as"),
    path("account/", account.overview, name="mfa_index"),
    path("account/", account.overview, name="account"),
    path("account/sessions/end/", account.end_sessions, name="end-sessions"),
    path("account/password/", account.Password.as_view(), name="account_change_password"),
    path("account/confirm/", account.Confirm.as_view(), name="account_reauthenticate"),
    path("account/confirm/code/", account.ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path("account/second-factor/", account.second_factor, name="second-factor"),
    path("account/code/", account.CodeOn.as_view(), name="mfa_activate_totp"),
    path("account/code/off/", account.CodeOff.as_view(), name="mfa_deactivate_totp"),
    path("account/recovery-codes/", account.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/new/", account.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"
    ),
]
