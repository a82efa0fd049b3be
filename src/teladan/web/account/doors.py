"""The way in, and the account itself."""

from django.utils.translation import gettext_lazy as _

from teladan.web.base.doors import Door, register

register(
    Door(key="masuk", label=_("Masuk"), url_name="account_login", icon="masuk", order=90, public_only=True),
    Door(key="akun", label=_("Akun saya"), url_name="account:profile", icon="orang", order=10, place="akun"),
)
