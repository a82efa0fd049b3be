"""Sign-in, activation, the account. Names without a namespace are those by which allauth finds its own pages; only the
pages that are needed are mounted, so there is no sign-up and nothing that writes e-mail."""

from allauth.account.views import account_inactive, logout
from allauth.mfa.recovery_codes.views import generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import deactivate_totp
from django.urls import include, path

from teladan.web.account import devices, entrance, passkeys, profile, security, sso

own = (
    [
        path("masuk/contoh/", entrance.demo, name="demo"),
        path("masuk/sso/<slug:agency_slug>/", sso.begin, name="sso"),
        path("masuk/sso/<slug:agency_slug>/kembali/", sso.back, name="sso_back"),
        path("aktivasi/", entrance.activate, name="activate"),
        path("akun/", profile.profile, name="profile"),
        path("akun/kunci/", passkeys.passkeys, name="passkeys"),
        path("akun/kunci/<int:passkey_id>/", passkeys.passkey, name="passkey"),
        path("akun/kunci/<int:passkey_id>/lepas/", passkeys.remove, name="passkey_remove"),
        path("akun/perangkat/", devices.devices, name="devices"),
        path("akun/perangkat/lain/keluar/", devices.end_others, name="end_others"),
        path("akun/perangkat/<uuid:session_id>/keluar/", devices.end_one, name="end_session"),
        path("akun/keluar-semua/", profile.sign_out_everywhere, name="sign_out_everywhere"),
    ],
    "account",
)
urlpatterns = [
    path("", include(own)),
    path("masuk/", entrance.SignIn.as_view(), name="account_login"),
    path("masuk/kode/", security.Code.as_view(), name="mfa_authenticate"),
    path("masuk/kunci/", passkeys.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("masuk/nonaktif/", account_inactive, name="account_inactive"),
    path("keluar/", logout, name="account_logout"),
    path("akun/", profile.profile, name="mfa_index"),
    path("akun/sandi/", security.ChangePassword.as_view(), name="account_change_password"),
    path("akun/konfirmasi/", security.ConfirmPassword.as_view(), name="account_reauthenticate"),
    path("akun/konfirmasi/kode/", security.ConfirmCode.as_view(), name="mfa_reauthenticate"),
    path("akun/konfirmasi/kunci/", passkeys.ConfirmPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("akun/kunci/tambah/", passkeys.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("akun/kode/pasang/", security.SwitchOnCodes.as_view(), name="mfa_activate_totp"),
    path("akun/kode/lepas/", deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/kode/cadangan/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/kode/cadangan/baru/", generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
