"""Sign-in, activation, the account. Names without a namespace are those by which allauth finds its own pages; only the
pages that are needed are mounted, so there is no sign-up and nothing that writes e-mail."""

from allauth.account.views import account_inactive, logout
from allauth.mfa.recovery_codes.views import generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import deactivate_totp
from django.urls import include, path

from teladan.web.account import entrance, profile, security

own = (
    [
        path("masuk/contoh/", entrance.demo, name="demo"),
        path("aktivasi/", entrance.activate, name="activate"),
        path("akun/", profile.profile, name="profile"),
        path("akun/keluar-semua/", profile.sign_out_everywhere, name="sign_out_everywhere"),
    ],
    "account",
)
urlpatterns = [
    path("", include(own)),
    path("masuk/", entrance.SignIn.as_view(), name="account_login"),
    path("masuk/kode/", security.Code.as_view(), name="mfa_authenticate"),
    path("masuk/nonaktif/", account_inactive, name="account_inactive"),
    path("keluar/", logout, name="account_logout"),
    path("akun/", profile.profile, name="mfa_index"),
    path("akun/sandi/", security.ChangePassword.as_view(), name="account_change_password"),
    path("akun/konfirmasi/", security.ConfirmPassword.as_view(), name="account_reauthenticate"),
    path("akun/konfirmasi/kode/", security.ConfirmCode.as_view(), name="mfa_reauthenticate"),
    path("akun/kode/pasang/", security.SwitchOnCodes.as_view(), name="mfa_activate_totp"),
    path("akun/kode/lepas/", deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/kode/cadangan/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/kode/cadangan/baru/", generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
